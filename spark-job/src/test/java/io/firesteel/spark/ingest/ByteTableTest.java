package io.firesteel.spark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.apache.spark.unsafe.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteTableTest {
    @ParameterizedTest
    @CsvSource({"1, 0", "0.00392156862745098, 0", "0.00784313725490196, -1", "-3.1e5, 1e-30"})
    void everyByteBecomesItsNumber(double scale, double offset) {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        for (ByteBuffer target : targets(all.length)) {
            table(scale, offset).decode(all, Platform.BYTE_ARRAY_OFFSET, all.length, target, 0);
            for (int i = 0; i < all.length; i++) {
                assertThat(target.getFloat(i * Float.BYTES)).as("byte %d", i).isEqualTo((float) (i * scale + offset));
            }
        }
    }

    /** Counts that eight doesn't divide, places that aren't aligned, and nothing written beside them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 784})
    void anyPartIsDecodedAndNothingElse(int count) {
        byte[] bytes = new byte[count + 11];
        new Random(count).nextBytes(bytes);
        for (ByteBuffer target : targets(count + 5)) {
            for (int i = 0; i < count + 5; i++) {
                target.putFloat(i * Float.BYTES, -1);
            }
            table(1, 0).decode(bytes, Platform.BYTE_ARRAY_OFFSET + 3, count, target, 2 * Float.BYTES);
            for (int i = 0; i < count + 5; i++) {
                boolean within = i >= 2 && i < count + 2;
                float expected = within ? Byte.toUnsignedInt(bytes[3 + i - 2]) : -1;
                assertThat(target.getFloat(i * Float.BYTES)).as("float %d", i).isEqualTo(expected);
            }
        }
    }

    @Test
    void aTargetThatEndsBeforeIsLeftAlone() {
        for (ByteBuffer target : targets(16)) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> table(1, 1).decode(new byte[16], Platform.BYTE_ARRAY_OFFSET, 16, target, 4));
            assertThat(target.getFloat(4)).isZero();
        }
    }

    @Test
    void aTableHoldsNoInfinity() {
        assertThat(ByteTable.of(1e37, 0)).isEmpty();
        assertThat(ByteTable.of(1, 1e39)).isEmpty();
        assertThat(ByteTable.of(Double.NaN, 0)).isEmpty();
        assertThat(ByteTable.of(1e36, 0)).isPresent();
    }

    private static ByteTable table(double scale, double offset) {
        return ByteTable.of(scale, offset).orElseThrow();
    }

    private static ByteBuffer[] targets(int floats) {
        int bytes = floats * Float.BYTES;
        return new ByteBuffer[] {
            ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()),
            ByteBuffer.allocateDirect(bytes + 4).slice(4, bytes).order(ByteOrder.nativeOrder()),
            ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder())
        };
    }
}
