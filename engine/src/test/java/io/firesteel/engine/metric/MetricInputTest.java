package io.firesteel.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

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

    private static FloatBuffer floats(int size) {
        return FloatBuffer.allocate(size);
    }
}
