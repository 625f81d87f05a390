package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** libtorch's softmax says what is right. */
final class SoftmaxTest {
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 15})
    void equalsTheOneOfLibtorch(int columns) {
        SplittableRandom random = new SplittableRandom(columns);
        float[] logits = new float[67 * columns];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextDouble(-200, 200) / (1 + i % 7);
        }
        assertEqual(logits, columns);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, INFINITY, -INFINITY, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0f})
    void isAsOddAsTheOneOfLibtorch(float odd) {
        assertEqual(new float[] {odd, 1, 2, 1, odd, 2, 1, 2, odd, odd, odd, 3, odd, odd, odd}, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void leavesWhatIsBehindTheRows(int rows) {
        float[] values = {1, 1, 7, 8};
        Softmax.write(values, values, rows, 2);
        assertThat(values).containsExactly(rows == 0 ? new float[] {1, 1, 7, 8} : new float[] {0.5f, 0.5f, 7, 8});
    }

    private static void assertEqual(float[] logits, int columns) {
        int rows = logits.length / columns;
        float[] found = new float[logits.length];
        Softmax.write(logits, found, rows, columns);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            float[] expected =
                    manager.create(logits, new Shape(rows, columns)).softmax(1).toFloatArray();
            for (int i = 0; i < expected.length; i++) {
                float expect = expected[i];
                float off = Float.isNaN(expect) ? 0 : 1e-6f * expect + Float.MIN_NORMAL;
                assertThat(found[i])
                        .as("%s of %s columns", i, columns)
                        .satisfiesAnyOf(
                                value -> assertThat(value).isEqualTo(expect),
                                value -> assertThat(value).isCloseTo(expect, within(off)));
            }
        }
    }
}
