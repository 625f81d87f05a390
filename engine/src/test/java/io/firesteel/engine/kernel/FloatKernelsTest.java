package io.firesteel.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FloatKernelsTest {
    private static final int[] SIZES = {0, 1, 2, 7, 15, 16, 17, 31, 127, 4093, 4096, 4099, 10007};

    /** Every kind of memory that a vector can be in. */
    private static final List<IntFunction<FloatBuffer>> MEMORY = List.of(
            FloatKernelsTest::direct,
            FloatBuffer::allocate,
            size -> ByteBuffer.allocateDirect(size * Float.BYTES)
                    .order(ByteOrder.BIG_ENDIAN)
                    .asFloatBuffer(),
            size -> direct(size + 5).position(5).slice());

    static Stream<FloatKernels> kernels() {
        return Stream.of(new PlainKernels(), FloatKernels.fastest());
    }

    @Test
    void theseTestsRunWithVectors() {
        assertThat(IncubatorModule.isPresent()).isTrue();
        assertThat(FloatKernels.fastest().getClass().getSimpleName()).isEqualTo("VectorKernels");
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sumsAreThoseOfSingleAdditions(FloatKernels kernels) {
        Random random = new Random(1);
        for (int size : SIZES) {
            for (IntFunction<FloatBuffer> memory : MEMORY) {
                FloatBuffer a = filled(memory.apply(size + 3), random);
                FloatBuffer b = filled(direct(size + 5), random);
                FloatBuffer target = filled(memory.apply(size + 9), random);
                float[] expected = array(target);
                for (int i = 0; i < size; i++) {
                    expected[4 + i] = a.get(3 + i) + b.get(1 + i);
                }
                kernels.sum(a, 3, b, 1, target, 4, size);
                assertThat(array(target)).as("%d floats", size).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void addingChangesTheTargetsPartAlone(FloatKernels kernels) {
        Random random = new Random(2);
        for (int size : SIZES) {
            for (IntFunction<FloatBuffer> memory : MEMORY) {
                FloatBuffer source = filled(memory.apply(size + 2), random);
                FloatBuffer target = filled(memory.apply(size + 20), random);
                float[] before = array(source);
                float[] expected = array(target);
                for (int i = 0; i < size; i++) {
                    expected[11 + i] += source.get(2 + i);
                }
                kernels.add(source, 2, target, 11, size);
                assertThat(array(target)).as("%d floats", size).isEqualTo(expected);
                assertThat(array(source)).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void bytesAreFloatsInNativeOrderWhereverTheyBegin(FloatKernels kernels) {
        Random random = new Random(3);
        for (int size : SIZES) {
            for (ByteBuffer source : List.of(
                    ByteBuffer.allocateDirect(size * 4 + 3),
                    ByteBuffer.allocate(size * 4 + 3),
                    ByteBuffer.allocateDirect(size * 4 + 3).asReadOnlyBuffer())) {
                float[] values = floats(size, random);
                if (!source.isReadOnly()) {
                    source.slice(3, size * 4)
                            .order(ByteOrder.nativeOrder())
                            .asFloatBuffer()
                            .put(values);
                }
                FloatBuffer target = filled(direct(size), random);
                float[] expected = array(target);
                for (int i = 0; i < size && !source.isReadOnly(); i++) {
                    expected[i] += values[i];
                }
                kernels.add(source, 3, target, 0, size);
                assertThat(array(target)).as("%d floats", size).isEqualTo(expected);
                assertThat(source.position()).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void positionsDoNotMatterAndStay(FloatKernels kernels) {
        FloatBuffer source = direct(40).put(0, new float[] {1, 2, 3}).position(1);
        FloatBuffer target = direct(40).put(0, new float[] {10, 20, 30}).position(2);
        kernels.add(source, 0, target, 0, 3);
        assertThat(target.position()).isEqualTo(2);
        assertThat(source.position()).isEqualTo(1);
        assertThat(IntStream.range(0, 3).mapToObj(target::get)).containsExactly(11f, 22f, 33f);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void extremeValuesAddAsInJava(FloatKernels kernels) {
        float[] values = {
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MAX_VALUE,
            Float.MIN_VALUE,
            -0f,
            0,
            1e-40f
        };
        int pairs = values.length * values.length;
        FloatBuffer a = direct(pairs);
        FloatBuffer b = direct(pairs);
        float[] expected = new float[pairs];
        for (int i = 0; i < pairs; i++) {
            a.put(i, values[i / values.length]);
            b.put(i, values[i % values.length]);
            expected[i] = a.get(i) + b.get(i);
        }
        kernels.sum(a, 0, b, 0, a, 0, pairs);
        assertThat(array(a)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void squaresAreSummedInSixteenPartsFromTheBeginning(FloatKernels kernels) {
        Random random = new Random(5);
        for (int size : SIZES) {
            float[] values = floats(size + 3, random);
            double[] parts = new double[16];
            for (int i = 0; i < size; i++) {
                parts[i % 16] += (double) values[3 + i] * values[3 + i];
            }
            double expected = 0;
            for (double part : parts) {
                expected += part;
            }
            assertThat(kernels.sumOfSquares(values, 3, size + 3))
                    .as("%d floats", size)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void squaresOfLargeFloatsDoNotOverflow(FloatKernels kernels) {
        float[] values = {3e30f, 4e30f};
        assertThat(Math.sqrt(kernels.sumOfSquares(values, 0, 2))).isCloseTo(5e30, Offset.offset(1e24));
        assertThat(kernels.sumOfSquares(new float[] {1, Float.NaN}, 0, 2)).isNaN();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> kernels.sumOfSquares(values, 0, 3));
    }

    @Test
    void vectorLoopsThatAreMissingAreNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> IncubatorModule.load(FloatKernels.class, "VectorNothing"))
                .withMessage("Cannot load vector loops: no VectorNothing for io.firesteel.engine.kernel.FloatKernels");
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void partsBeyondTheLimitAreRefusedAndNothingChanges(FloatKernels kernels) {
        FloatBuffer small = direct(20).limit(10);
        FloatBuffer large = filled(direct(30), new Random(4));
        float[] before = array(large);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> kernels.add(small, 1, large, 0, 10));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> kernels.add(large, 0, small, -1, 3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> kernels.sum(large, 0, small, 0, large, 0, 11));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> kernels.add(ByteBuffer.allocateDirect(39), 0, large, 0, 10));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> kernels.add(ByteBuffer.allocateDirect(8), 0, large, 0, 1 << 30));
        assertThat(array(large)).isEqualTo(before);
    }

    private static FloatBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static FloatBuffer filled(FloatBuffer buffer, Random random) {
        return buffer.put(0, floats(buffer.limit(), random));
    }

    private static float[] floats(int size, Random random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] array(FloatBuffer buffer) {
        float[] values = new float[buffer.limit()];
        buffer.get(0, values);
        return values;
    }
}
