package io.firesteel.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricInputTest {
    private final MetricInput input = new MetricInput();

    @Test
    void readsBetweenPositionAndLimit() {
        FloatBuffer floats = FloatBuffer.wrap(new float[] {9, 1, 2, 3, 4, 5, 6, 9}, 1, 6);
        LongBuffer longs = LongBuffer.wrap(new long[] {9, 7, 8, 9}, 1, 2);
        input.begin(2).predictions(floats, 3).targets(floats, 3).classes(longs);
        assertThat(input.prediction(1, 0)).isEqualTo(4);
        assertThat(input.target(0, 2)).isEqualTo(3);
        assertThat(input.classLabel(1)).isEqualTo(8);
        assertThat(input.predictionColumns()).isEqualTo(3);
        assertThat(input.targetColumns()).isEqualTo(3);
        assertThat(floats.position()).isEqualTo(1);
    }

    @Test
    void nextBatchForgetsTheLast() {
        input.begin(1).predictions(floats(1), 1).targets(floats(1), 1).losses(floats(1));
        input.weights(floats(1)).classes(LongBuffer.allocate(1));
        input.begin(1);
        assertThat(input.weight(0)).isEqualTo(1);
        assertThat(input.hasClasses()).isFalse();
        assertMissing("predictions", () -> input.prediction(0, 0));
        assertMissing("predictions", input::predictionColumns);
        assertMissing("targets", () -> input.target(0, 0));
        assertMissing("targets", input::targetColumns);
        assertMissing("losses", () -> input.loss(0));
        assertMissing("classes", () -> input.classLabel(0));
    }

    private static void assertMissing(String what, ThrowingCallable call) {
        assertThatIllegalStateException().isThrownBy(call).withMessage("Cannot read " + what + ": the batch has none");
    }

    @Test
    void lastBatchMayBeShort() {
        FloatBuffer weights = FloatBuffer.wrap(new float[] {2, 3});
        assertThat(input.begin(2).weights(weights).weight(1)).isEqualTo(3);
        assertThat(input.begin(1).weights(weights.limit(1)).weight(0)).isEqualTo(2);
        assertThat(input.rows()).isEqualTo(1);
    }

    @Test
    void partsOfAnotherSizeAreRefused() {
        input.begin(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> input.predictions(floats(5), 3))
                .withMessage("Invalid predictions: 5 elements (must be 6, rows 2 x columns 3)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> input.weights(floats(1)))
                .withMessage("Invalid weights: 1 elements (must be 2, rows 2 x columns 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> input.classes(LongBuffer.allocate(3)))
                .withMessage("Invalid classes: 3 elements (must be 2, one per row)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> input.targets(floats(0), 0))
                .withMessage("Invalid columns of targets: 0 (must be > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> input.begin(-1))
                .withMessage("Invalid rows: -1 (must be >= 0)");
    }

    @ParameterizedTest
    @EnumSource(PredictionKind.class)
    void allDecisionsAreThoseOfSingleRows(PredictionKind kind) {
        Random random = new Random(1);
        for (int round = 0; round < 100; round++) {
            int columns = kind == PredictionKind.CLASSES ? 1 : 1 + random.nextInt(4);
            float[] values = new float[columns * random.nextInt(20)];
            for (int i = 0; i < values.length; i++) {
                values[i] = kind == PredictionKind.CLASSES ? random.nextInt(9) : someNumber(random);
            }
            input.begin(values.length / columns).predictionKind(kind).predictions(FloatBuffer.wrap(values), columns);
            assertDecisions(values, columns);
            input.begin(values.length / columns)
                    .predictions(widened(values), columns)
                    .predictionKind(kind);
            assertDecisions(values, columns);
        }
    }

    /** Ties, NaN and thresholds among them. */
    private static float someNumber(Random random) {
        return random.nextInt(8) == 0 ? Float.NaN : random.nextInt(5) / 4f - 0.5f;
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    private void assertDecisions(float[] values, int columns) {
        long[] decisions = input.decisions();
        for (int row = 0; row < input.rows(); row++) {
            assertThat(decisions[row]).isEqualTo(input.predictedClass(row));
            if (columns > 1) {
                assertThat(decisions[row])
                        .isEqualTo(argmax(Arrays.copyOfRange(values, row * columns, (row + 1) * columns)));
            }
        }
    }

    /** As torch.argmax: the first NaN, else the first of the largest. */
    private static int argmax(float[] row) {
        int best = 0;
        for (int i = 1; i < row.length; i++) {
            best = Float.compare(row[i] + 0f, row[best] + 0f) > 0 ? i : best;
        }
        return best;
    }

    @Test
    void decisionsFollowThePredictions() {
        input.begin(1).predictions(new double[] {0.4}, 1);
        assertThat(input.decisions()[0]).isEqualTo(1);
        assertThat(input.predictionKind(PredictionKind.PROBABILITIES).decisions()[0])
                .isZero();
        assertThat(input.predictions(new double[] {0.6}, 1).decisions()[0]).isEqualTo(1);
        assertThat(input.begin(1).predictions(new double[] {-1}, 1).decisions()[0])
                .isZero();
    }

    @Test
    void allClassLabelsAreThoseOfSingleRows() {
        assertThat(input.begin(2)
                        .classes(LongBuffer.wrap(new long[] {9, 4, 7}, 1, 2))
                        .classLabels())
                .startsWith(4, 7);
        assertThat(input.begin(2).targets(new double[] {3, 0}, 1).classLabels()).startsWith(3, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> input.begin(1).targets(new double[] {0.5}, 1).classLabels())
                .withMessage("Invalid class: 0.5 in row 0 of a batch (must be a whole number)");
        assertMissing("classes", () -> input.begin(1).classLabels());
    }

    @Test
    void classesAreACopy() {
        LongBuffer labels = LongBuffer.wrap(new long[] {4});
        input.begin(1).classes(labels);
        labels.put(0, 5);
        assertThat(input.classLabel(0)).isEqualTo(4);
    }

    private static FloatBuffer floats(int size) {
        return FloatBuffer.allocate(size);
    }
}
