package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.kernel.NarrowFloat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class WireBlockTest {
    private static final int COUNT = 1000;

    private static float[] sent(NarrowFloat type, float[] values) {
        WireBlock block = new WireBlock(type);
        ByteBuffer wire = ByteBuffer.allocate(WireBlock.bytes(values.length)).order(ByteOrder.LITTLE_ENDIAN);
        block.encode(values, 0, values.length, wire);
        assertThat(wire.remaining()).isZero();
        float[] received = new float[values.length];
        block.decode(wire.flip(), received, values.length);
        assertThat(wire.remaining()).isZero();
        return received;
    }

    @ParameterizedTest
    @EnumSource
    void valuesOfEverySizeArriveWithAFewBitsLess(NarrowFloat type) {
        double bound = type == NarrowFloat.FLOAT16 ? 0x1p-11 : 0x1p-8;
        Random random = new Random(3);
        for (int exponent = -37; exponent <= 38; exponent += 3) {
            float[] values = new float[COUNT];
            for (int i = 0; i < COUNT; i++) {
                values[i] = (float) ((1 + random.nextDouble()) * Math.pow(10, exponent) * (i % 2 == 0 ? 1 : -1));
            }
            float[] left = values.clone();
            float[] received = sent(type, left);
            for (int i = 0; i < COUNT; i++) {
                assertThat(Math.abs((double) received[i] - values[i])).isLessThanOrEqualTo(bound * Math.abs(values[i]));
                assertThat(left[i]).isEqualTo(values[i] - received[i]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void largestFloatStaysFinite(NarrowFloat type) {
        float[] values = {Float.MAX_VALUE, -Float.MAX_VALUE, 1, 0};
        assertThat(sent(type, values.clone())).satisfies(received -> {
            assertThat(received[0]).isFinite().isGreaterThan(0.99f * Float.MAX_VALUE);
            assertThat(received[1]).isEqualTo(-received[0]);
            assertThat(received[3]).isZero();
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoNumberArrivesAsSuch(NarrowFloat type) {
        float[] received = sent(type, new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e6f});
        assertThat(received[0]).isNaN();
        assertThat(received[1]).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(received[2]).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(received[3]).isFinite();
    }

    @ParameterizedTest
    @EnumSource
    void zerosStayZeros(NarrowFloat type) {
        float[] values = new float[5];
        assertThat(sent(type, values)).containsOnly(0f);
        assertThat(values).containsOnly(0f);
    }

    @Test
    void everyBlockHasTwoBytesMoreThanItsElements() {
        assertThat(WireBlock.bytes(0)).isZero();
        assertThat(WireBlock.bytes(1)).isEqualTo(4);
        assertThat(WireBlock.bytes(4096)).isEqualTo(2 * 4097);
        assertThat(WireBlock.bytes(4097)).isEqualTo(2 * 4099);
    }
}
