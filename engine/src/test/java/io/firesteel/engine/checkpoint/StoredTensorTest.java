package io.firesteel.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTensorTest {
    @Test
    void elementsAreLittleEndian() {
        assertThat(StoredTensor.ofFloats("w", List.of(1L), FloatBuffer.wrap(new float[] {1}))
                        .data()
                        .get(3))
                .isEqualTo((byte) 0x3f);
        assertThat(StoredTensor.ofLongs("n", List.of(2L), LongBuffer.wrap(new long[] {1, -2}))
                        .longs()
                        .get(1))
                .isEqualTo(-2);
    }

    @Test
    void dataAreReadOnlyAndEachViewHasItsOwnPosition() {
        StoredTensor tensor = StoredTensor.ofFloats("w", List.of(2L), FloatBuffer.wrap(new float[] {1, 2}));
        tensor.data().getFloat();
        assertThat(tensor.data().position()).isZero();
        assertThat(tensor.data().isReadOnly()).isTrue();
        assertThat(tensor.floats().isReadOnly()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "__metadata__"})
    void namesThatTheFormatReservesAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoredTensor(name, StoredType.U8, List.of(), ByteBuffer.allocate(1)))
                .withMessage("Invalid tensor name: \"" + name + "\" (must not be empty or __metadata__)");
    }

    @Test
    void dataOfAnotherSizeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoredTensor("w", StoredType.F32, List.of(2L, 3L), ByteBuffer.allocate(23)))
                .withMessage("Invalid data of w: 23 bytes (must be 24 for F32 [2, 3])");
    }

    @Test
    void shapesOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoredTensor("w", StoredType.F32, List.of(2L, -1L), ByteBuffer.allocate(0)))
                .withMessage("Invalid shape of w: [2, -1] (every size must be >= 0)");
        List<Long> huge = List.of(1L << 40, 1L << 40);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoredTensor("w", StoredType.F32, huge, ByteBuffer.allocate(0)))
                .withMessage("Invalid shape of w: " + huge + " (must have less than 2^63 bytes)");
    }

    @Test
    void elementsOfAnotherTypeAreRefused() {
        StoredTensor floats = StoredTensor.ofFloats("w", List.of(), FloatBuffer.wrap(new float[] {1}));
        StoredTensor longs = StoredTensor.ofLongs("n", List.of(), LongBuffer.wrap(new long[] {1}));
        assertThatIllegalStateException()
                .isThrownBy(floats::longs)
                .withMessage("Cannot read elements of w: other type (F32, expected I64)");
        assertThatIllegalStateException()
                .isThrownBy(longs::floats)
                .withMessage("Cannot read elements of n: other type (I64, expected F32)");
    }
}
