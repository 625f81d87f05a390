package io.firesteel.spark.bench;

import ai.djl.Device;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.spark.config.FeatureColumns;
import io.firesteel.spark.config.FeatureConfig;
import io.firesteel.spark.config.LabelConfig;
import io.firesteel.spark.config.ModelConfig;
import io.firesteel.spark.predict.LoadedModel;
import io.firesteel.spark.predict.Predictor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows per second of a {@link Predictor} over cached rows, side by side with bare loops of DJL's calls over batches in memory, one in
 * each task: as many rows, the same network, in turn.
 *
 * @param rows of bytes, &gt;= 1024 for each replica; of floats, which take four times the memory, there are a fifth
 * @param replicas tasks that run at once, &gt;= 1
 * @param rounds that count, of each, &gt;= 1
 * @param batchSize of the predictor, &gt;= 1; the bare loops' is 1024
 */
public record PredictionBenchmark(long rows, int replicas, int rounds, int batchSize) {
    private static final int PIXELS = 784;
    static final int BATCH = 1024;
    private static final int FLOATS_SHARE = 5;
    static final Mlp MODEL = new Mlp(List.of(256, 128), 10, Activation.RELU);
    static final TensorSpec INPUT = new TensorSpec("pixels", ElementType.FLOAT32, List.of(PIXELS));
    static final TensorSpec LABEL = new TensorSpec("label", ElementType.INT64, List.of());

    public PredictionBenchmark {
        if (replicas < 1) {
            throw new IllegalArgumentException("Invalid replicas: " + replicas + " (must be >= 1)");
        }
        if (rows < (long) BATCH * replicas) {
            throw new IllegalArgumentException(
                    "Invalid rows: " + rows + " (must be >= " + BATCH * replicas + ", " + BATCH + " for each replica)");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("Invalid batch size: " + batchSize + " (must be >= 1)");
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("Invalid rounds: " + rounds + " (must be >= 1)");
        }
    }

    /** Measures. */
    public BenchReport run(SparkSession spark, Consumer<String> progress) {
        List<Map<String, Object>> figures = new ArrayList<>();
        TextTable table = new TextTable(1, "source", "rows", "rows/s", "bare loops", "share");
        figures.add(measure(spark, "cached bytes", rows, column(bytes(), DataTypes.BinaryType), 1 / 255.0, progress));
        figures.add(measure(
                spark,
                "cached floats",
                Math.max((long) BATCH * replicas, rows / FLOATS_SHARE),
                column(floats(), DataTypes.createArrayType(DataTypes.FloatType, false)),
                1,
                progress));
        for (Map<String, Object> row : figures) {
            table.add(
                    (String) row.get("source"),
                    row.get("rows").toString(),
                    Texts.decimals(0, (double) row.get("rowsPerSecond")),
                    Texts.decimals(0, (double) row.get("peerRowsPerSecond")),
                    Texts.decimals(3, (double) row.get("share")));
        }
        return new BenchReport(
                "predict",
                figures,
                "model mlp 784-256-128-10, batches of " + batchSize + ", bare loops of " + BATCH + "\n" + table.text());
    }

    private static Column column(UDF1<Long, ?> values, DataType type) {
        return functions.udf(values, type).apply(functions.col("id")).as("pixels");
    }

    private Map<String, Object> measure(
            SparkSession spark, String source, long count, Column pixels, double scale, Consumer<String> progress) {
        Dataset<Row> cached = spark.range(0, count, 1, replicas)
                .select(functions.col("id"), pixels)
                .persist(StorageLevel.MEMORY_ONLY());
        try {
            cached.count();
            Predictor predictor =
                    Predictor.of(model(scale), spark).keeping("id").batchSize(batchSize);
            List<Double> ours = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            for (int round = -1; round < rounds; round++) {
                double predicted = count
                        / seconds(() -> predictor
                                .transform(cached)
                                .write()
                                .format("noop")
                                .mode(SaveMode.Overwrite)
                                .save());
                double looped = barely(spark, count);
                progress.accept(String.format(
                        "%s, round %d: %.0f rows/s, bare loops %.0f", source, round + 1, predicted, looped));
                if (round >= 0) {
                    ours.add(predicted);
                    bare.add(looped);
                }
            }
            return figures(source, count, ours, bare);
        } finally {
            cached.unpersist(true);
        }
    }

    private Map<String, Object> figures(String source, long count, List<Double> ours, List<Double> bare) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("model", "mlp 784-256-128-10");
        figures.put("batch", batchSize);
        figures.put("peerBatch", BATCH);
        figures.put("replicas", replicas);
        figures.put("source", source);
        figures.put("rows", count);
        figures.put("rowsPerSecond", median(ours));
        figures.put("peerRowsPerSecond", median(bare));
        figures.put("share", median(ours) / median(bare));
        return figures;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Rows per second of the bare loops: whole batches, as many as hold the rows. */
    private double barely(SparkSession spark, long count) {
        long batches = count / replicas / BATCH;
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        List<Integer> tasks = IntStream.range(0, replicas).boxed().toList();
        double seconds = seconds(() -> context.parallelize(tasks, replicas)
                .map(task -> BarePrediction.shared().run(batches))
                .collect());
        return batches * BATCH * replicas / seconds;
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static LoadedModel model(double scale) {
        FeatureConfig feature = new FeatureConfig(
                INPUT.name(), new FeatureColumns.Whole("pixels"), Optional.of(INPUT.shape()), INPUT.type(), scale, 0);
        ModelConfig config = new ModelConfig(
                "bench",
                Map.of(),
                List.of(feature),
                new LabelConfig(List.of("label"), ElementType.INT64),
                Optional.empty(),
                MODEL,
                LossFunction.CROSS_ENTROPY,
                List.of("accuracy"));
        Torch.start(1);
        try (Network network = Network.create(MODEL, List.of(INPUT), LABEL, 1, Device.cpu(), 0)) {
            return LoadedModel.of("bench", config, WeightFile.of(network).toBytes());
        }
    }

    private static UDF1<Long, byte[]> bytes() {
        return id -> {
            byte[] pixels = new byte[PIXELS];
            SplittableRandom random = new SplittableRandom(id);
            random.nextBytes(pixels);
            return pixels;
        };
    }

    private static UDF1<Long, float[]> floats() {
        return id -> {
            float[] pixels = new float[PIXELS];
            SplittableRandom random = new SplittableRandom(id);
            for (int i = 0; i < PIXELS; i++) {
                pixels[i] = (float) random.nextDouble();
            }
            return pixels;
        };
    }
}
