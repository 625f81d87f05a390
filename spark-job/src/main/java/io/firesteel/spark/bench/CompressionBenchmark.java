package io.firesteel.spark.bench;

import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.train.CheckpointPolicy;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.engine.train.Synchronization;
import io.firesteel.engine.train.TrainingSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/**
 * What the ways to exchange cost in accuracy and save in bytes: the same small jobs with each of them, from several seeds. A
 * replica hosts one shard. Bytes are those that the communicator has sent within steps, not those that a formula says.
 */
public final class CompressionBenchmark implements Benchmark {
    private static final int BATCH = 128;
    private static final double LEARNING_RATE = 0.001;
    private static final double PERCENT = 100;

    private final int replicas;
    private final int seeds;
    private final List<Task> tasks;

    /** Images, and how long they are learnt. */
    private record Task(LabelledImages images, ModelSpec model, int epochs) {}

    /**
     * Reads the images.
     *
     * @param replicas at least 2
     * @param seeds how often each job is trained, at least 1
     * @param epochs passes over the digits, at least 1; half as many over the part of Fashion-MNIST, rounded up
     * @param examples the directory of the examples
     * @throws IllegalArgumentException if a number is out of range, or images can't be read
     */
    public CompressionBenchmark(int replicas, int seeds, int epochs, Path examples) {
        this.replicas = atLeast("replicas", replicas, 2);
        this.seeds = atLeast("seeds", seeds, 1);
        atLeast("epochs", epochs, 1);
        ImageFiles files = new ImageFiles(examples);
        this.tasks = List.of(
                new Task(files.digits(), mlp(128, 64), epochs), new Task(files.fashion(), mlp(128), (epochs + 1) / 2));
    }

    private static int atLeast(String name, int value, int min) {
        if (value < min) {
            throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be >= " + min + ")");
        }
        return value;
    }

    private static ModelSpec mlp(Integer... hidden) {
        return new Mlp(List.of(hidden), LabelledImages.CLASSES, Activation.RELU);
    }

    @Override
    public String name() {
        return "compression";
    }

    @Override
    public int replicas() {
        return replicas;
    }

    @Override
    public BenchReport run(Ranks ranks, Consumer<String> progress) {
        List<Map<String, Object>> rows = new ArrayList<>();
        TextTable table =
                new TextTable(2, "data", "exchange", "accuracy %", "lowest", "highest", "bytes/step", "of float32");
        for (Task task : tasks) {
            double whole = Double.NaN;
            for (ExchangeScheme scheme : ExchangeScheme.all()) {
                Figures figures = measure(task, scheme, ranks);
                whole = Double.isNaN(whole) ? figures.bytesPerStep() : whole;
                rows.add(figures.fields(task, scheme, replicas, whole));
                figures.addTo(table, task, scheme, whole);
                progress.accept(task.images().name() + " with " + scheme.label() + ": "
                        + Texts.decimals(2, PERCENT * figures.accuracy()) + " %, "
                        + Texts.whole(figures.bytesPerStep()) + " bytes a step");
            }
        }
        return new BenchReport(name(), rows, table.text());
    }

    private Figures measure(Task task, ExchangeScheme scheme, Ranks ranks) {
        List<CompressionResult> results = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            TrainingSpec spec = spec(task, scheme.synchronization(), seed);
            results.add(ranks.run(new CompressionBody(task.images(), spec), CompressionResult.class)
                    .get(0));
        }
        return new Figures(results);
    }

    private static TrainingSpec spec(Task task, Synchronization synchronization, int seed) {
        return new TrainingSpec(
                task.images().layout(),
                task.model(),
                LossFunction.CROSS_ENTROPY,
                Optimization.of(new Adam(LEARNING_RATE, 0.9, 0.999, 1e-8, 0)),
                synchronization,
                List.of("loss", "accuracy"),
                task.epochs(),
                BATCH,
                seed,
                CheckpointPolicy.NEVER,
                List.of());
    }

    /** The runs of one job with all seeds. */
    private record Figures(List<CompressionResult> results) {
        DoubleStream accuracies() {
            return results.stream().mapToDouble(CompressionResult::accuracy);
        }

        double accuracy() {
            return accuracies().average().orElseThrow();
        }

        double bytesPerStep() {
            return results.stream()
                    .mapToDouble(CompressionResult::bytesPerStep)
                    .average()
                    .orElseThrow();
        }

        Map<String, Object> fields(Task task, ExchangeScheme scheme, int replicas, double whole) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("data", task.images().name());
            fields.put("exchange", scheme.label());
            fields.put("replicas", replicas);
            fields.put("seeds", results.size());
            fields.put("accuracy", accuracy());
            fields.put("lowestAccuracy", accuracies().min().orElseThrow());
            fields.put("highestAccuracy", accuracies().max().orElseThrow());
            fields.put("bytesPerStep", bytesPerStep());
            fields.put("ofFloat32", bytesPerStep() / whole);
            return fields;
        }

        void addTo(TextTable table, Task task, ExchangeScheme scheme, double whole) {
            table.add(
                    task.images().name(),
                    scheme.label(),
                    Texts.decimals(2, PERCENT * accuracy()),
                    Texts.decimals(2, PERCENT * accuracies().min().orElseThrow()),
                    Texts.decimals(2, PERCENT * accuracies().max().orElseThrow()),
                    Texts.whole(bytesPerStep()),
                    Texts.percent(bytesPerStep() / whole));
        }
    }
}
