package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.LongBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** libtorch's softmax in double precision says what is right. */
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

    @Test
    void crossEntropyOfARowIsOfItsOwnClassAndLeavesWhatIsBehind() {
        float[] logits = {0, 0, 1e38f, 1e38f, 5, -95, 9, 9};
        float[] probabilities = new float[8];
        float[] losses = {7, 7, 7, 7};
        Softmax.write(logits, LongBuffer.wrap(new long[] {1, 0, 1}), probabilities, losses, 3, 2);
        float two = (float) Math.log(2);
        assertThat(losses).containsExactly(two, two, 100, 7);
        assertThat(probabilities).startsWith(0.5f, 0.5f, 0.5f, 0.5f, 1).endsWith(0, 0);
    }

    private static void assertEqual(float[] logits, int columns) {
        int rows = logits.length / columns;
        float[] found = new float[logits.length];
        Softmax.write(logits, found, rows, columns);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            double[] expected = manager.create(logits, new Shape(rows, columns))
                    .toType(DataType.FLOAT64, false)
                    .softmax(1)
                    .toDoubleArray();
            for (int i = 0; i < expected.length; i++) {
                float expect = (float) expected[i];
                float off = Float.isNaN(expect) ? 0 : 3e-7f * expect + Float.MIN_NORMAL;
                assertThat(found[i])
                        .as("%s of %s columns", i, columns)
                        .satisfiesAnyOf(
                                value -> assertThat(value).isEqualTo(expect),
                                value -> assertThat(value).isCloseTo(expect, within(off)));
            }
        }
    }
}
