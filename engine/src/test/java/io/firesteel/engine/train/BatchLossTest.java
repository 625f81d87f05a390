package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.firesteel.engine.Facts;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.ShardStore;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.data.StepBatches;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.event.BatchIterator;
import io.firesteel.engine.event.Position;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.model.ForwardMode;
import io.firesteel.engine.model.Linear;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.ParameterLayout;
import io.firesteel.engine.model.Torch;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A network of one linear layer has the derivative with respect to its outputs, summed over the rows, as its bias's gradient. */
class BatchLossTest {
    private static final TensorSpec LABEL = new TensorSpec("class", ElementType.INT64, List.of());

    @BeforeAll
    static void startTorch() {
        Torch.start(1);
    }

    @BeforeEach
    void recordGradients() {
        Torch.recordGradients(true);
    }

    /** What a loss makes of a batch. */
    private static final class Outcome {
        private double sum;
        private double[] losses;
        private double[] predictions;
        private float[] gradients;
        private float[] bias;
    }

    @ParameterizedTest
    @CsvSource({"CROSS_ENTROPY,1,true", "CROSS_ENTROPY,15,true", "CROSS_ENTROPY,16,false", "MSE,3,false"})
    void loopIsForTheCrossEntropyOfFewClasses(LossFunction loss, int outputs, boolean looped) {
        try (Network network = network(4, outputs)) {
            assertThat(BatchLoss.of(loss, network)).isInstanceOf(looped ? ClassLoss.class : ArrayLoss.class);
        }
    }

    static Stream<JsonObject> crossEntropies() {
        return Facts.json("losses.json").getAsJsonArray("cases").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(facts -> facts.get("loss").getAsString().equals("crossEntropy"));
    }

    @ParameterizedTest
    @MethodSource("crossEntropies")
    void extremeLogitsGiveWhatPyTorchGivesInDoublePrecision(JsonObject facts) {
        int columns = facts.get("columns").getAsInt();
        float[] logits = Facts.floats(facts.getAsJsonArray("logits"));
        float[] losses = Facts.floats(facts.getAsJsonArray("losses"));
        float[] derivatives = Facts.floats(facts.getAsJsonArray("derivatives"));
        for (int row = 0; row < losses.length; row++) {
            int from = row * columns;
            float[] inputs = Arrays.copyOfRange(logits, from, from + columns);
            long label = facts.getAsJsonArray("classes").get(row).getAsLong();
            try (Network network = network(columns, columns)) {
                identity(network);
                ClassLoss loss = new ClassLoss(network);
                Outcome outcome = outcomes(network, loss, rows(inputs, new long[] {label}, null), 1)
                        .get(0);
                assertThat(outcome.sum).isCloseTo(losses[row], within(1e-6 * losses[row] + 1e-12));
                assertThat(outcome.losses).containsExactly(outcome.sum);
                for (int i = 0; i < columns; i++) {
                    assertThat(outcome.bias[i]).isCloseTo(derivatives[from + i], within(1e-7f));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,64,false", "2,1,false", "3,7,true", "10,64,false", "10,64,true", "15,33,true"})
    void loopGivesWhatArraysGive(int classes, int count, boolean weighted) {
        Rows rows = random(classes, count, weighted);
        try (Network network = network(5, classes)) {
            Outcome expected = outcomes(network, new ArrayLoss(LossFunction.CROSS_ENTROPY, network), rows, count)
                    .get(0);
            Outcome actual =
                    outcomes(network, new ClassLoss(network), rows, count).get(0);
            assertThat(actual.sum).isCloseTo(expected.sum, within(1e-5 * count));
            assertThat(actual.losses).containsExactly(expected.losses, within(1e-6));
            assertThat(actual.predictions).containsExactly(expected.predictions);
            assertThat(actual.gradients).containsExactly(expected.gradients, within(1e-5f));
            assertThat(actual.sum > 0).isEqualTo(classes > 1);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE})
    void oddLogitsGiveWhatArraysGive(float odd) {
        try (Network network = network(5, 3)) {
            int biases = network.layout().byName().get("1.bias").offset();
            network.weights().put(biases + 1, odd);
            Rows rows = random(3, 9, false);
            Outcome expected = outcomes(network, new ArrayLoss(LossFunction.CROSS_ENTROPY, network), rows, 9)
                    .get(0);
            Outcome actual = outcomes(network, new ClassLoss(network), rows, 9).get(0);
            assertThat(actual.losses).containsExactly(expected.losses, within(1e-6));
            // libtorch adds in float32.
            assertThat(Float.valueOf((float) actual.sum)).isEqualTo(Float.valueOf((float) expected.sum));
            assertThat(actual.bias).containsExactly(expected.bias, within(1e-6f));
        }
    }

    /** The last batch of an epoch is smaller, a growing one larger; gradients of nobody's rows must not be left over. */
    @Test
    void everyBatchStandsForItself() {
        Rows rows = random(4, 40, true);
        try (Network network = network(5, 4)) {
            ClassLoss loss = new ClassLoss(network);
            for (int size : new int[] {16, 40, 7, 40}) {
                List<Outcome> together = outcomes(network, loss, rows, size);
                assertThat(together).hasSize((40 + size - 1) / size);
                List<Outcome> alone = new ArrayList<>();
                for (int from = 0; from < 40; from += size) {
                    Rows part = rows.part(from, Math.min(40, from + size));
                    alone.addAll(outcomes(network, new ClassLoss(network), part, size));
                }
                assertThat(together).usingRecursiveComparison().isEqualTo(alone);
            }
        }
    }

    @Test
    void largerBatchThatIsOnlyEvaluatedLeavesTheNextGradientAsItWas() {
        Rows small = random(4, 6, false);
        try (Network network = network(5, 4)) {
            ClassLoss loss = new ClassLoss(network);
            Outcome before = outcomes(network, loss, small, 6).get(0);
            each(random(4, 50, false), 50, batch -> {
                try (NDManager scope = network.newScope()) {
                    compute(network, loss, scope, batch);
                }
            });
            assertThat(outcomes(network, loss, small, 6).get(0))
                    .usingRecursiveComparison()
                    .isEqualTo(before);
        }
    }

    /** Rows of five or so features; without weights where those are null. */
    private static final class Rows {
        private final int columns;
        private final float[] inputs;
        private final long[] labels;
        private final float[] weights;

        Rows(int columns, float[] inputs, long[] labels, float[] weights) {
            this.columns = columns;
            this.inputs = inputs;
            this.labels = labels;
            this.weights = weights;
        }

        Rows part(int from, int to) {
            return new Rows(
                    columns,
                    Arrays.copyOfRange(inputs, from * columns, to * columns),
                    Arrays.copyOfRange(labels, from, to),
                    weights == null ? null : Arrays.copyOfRange(weights, from, to));
        }

        RowLayout layout() {
            return new RowLayout(List.of(input(columns)), LABEL, weights != null);
        }

        ShardStore store() {
            RowLayout layout = layout();
            try (ShardStore.Writer writer = ShardStore.open(layout, Path.of("/unused"), Long.MAX_VALUE)) {
                for (int row = 0; row < labels.length; row++) {
                    ByteBuffer view = writer.next();
                    for (int i = 0; i < columns; i++) {
                        view.putFloat(layout.inputOffset(0) + i * Float.BYTES, inputs[row * columns + i]);
                    }
                    view.putLong(layout.labelOffset(), labels[row]);
                    if (weights != null) {
                        view.putFloat(layout.weightOffset(), weights[row]);
                    }
                }
                return writer.finish();
            }
        }
    }

    private static TensorSpec input(int columns) {
        return new TensorSpec("x", ElementType.FLOAT32, List.of(columns));
    }

    private static Rows rows(float[] inputs, long[] labels, float[] weights) {
        return new Rows(inputs.length / labels.length, inputs, labels, weights);
    }

    /** Every fifth row weighs nothing. */
    private static Rows random(int classes, int count, boolean weighted) {
        SplittableRandom random = new SplittableRandom(classes * 100L + count);
        float[] inputs = new float[5 * count];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextDouble(-9, 9);
        }
        long[] labels = random.longs(count, 0, classes).toArray();
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = i % 5 == 4 ? 0 : (float) random.nextDouble(3);
        }
        return rows(inputs, labels, weighted ? weights : null);
    }

    private static Network network(int inputs, int outputs) {
        return Network.create(new Linear(outputs), List.of(input(inputs)), LABEL, 7, Device.cpu(), 0);
    }

    /** Makes the network give its inputs. */
    private static void identity(Network network) {
        FloatBuffer weights = network.weights();
        int columns = network.outputs();
        IntStream.range(0, weights.capacity()).forEach(i -> weights.put(i, 0));
        int from = network.layout().byName().get("1.weight").offset();
        IntStream.range(0, columns).forEach(i -> weights.put(from + i * (columns + 1), 1));
        network.publishWeights();
    }

    /** Of each batch. */
    private static List<Outcome> outcomes(Network network, BatchLoss loss, Rows rows, int batchSize) {
        List<Outcome> found = new ArrayList<>();
        each(rows, batchSize, batch -> {
            try (NDManager scope = network.newScope()) {
                network.zeroGradients();
                compute(network, loss, scope, batch);
                Outcome outcome = new Outcome();
                outcome.sum = loss.weightedSum();
                loss.backward();
                network.collectGradients();
                outcome.gradients = new float[network.layout().floats()];
                network.gradients().get(0, outcome.gradients);
                ParameterLayout.Entry bias = network.layout().byName().get("1.bias");
                outcome.bias = Arrays.copyOfRange(outcome.gradients, bias.offset(), bias.offset() + bias.length());
                MetricInput input = new MetricInput().begin(batch.rows());
                loss.describe(input);
                outcome.losses = IntStream.range(0, batch.rows())
                        .mapToDouble(input::loss)
                        .toArray();
                outcome.predictions = Arrays.copyOf(input.predictionValues(), batch.rows() * network.outputs());
                found.add(outcome);
            }
        });
        return found;
    }

    private static void compute(Network network, BatchLoss loss, NDManager scope, Batch batch) {
        try (BatchArrays.Loan loan = new BatchArrays(network, batch.layout()).lend(batch, scope)) {
            loss.compute(
                    scope,
                    batch,
                    network.forward(loan.inputs(), ForwardMode.TRAINING).get(0),
                    loan.labels());
        }
    }

    private static void each(Rows rows, int batchSize, Consumer<Batch> action) {
        try (ShardStore store = rows.store();
                StepBatches batches = StepBatches.evaluation(List.of(store), List.of(0), batchSize);
                BatchIterator<StepBatch> iterator = batches.open(Position.START)) {
            while (iterator.hasNext()) {
                iterator.next().batches().forEach(action);
            }
        }
    }
}
