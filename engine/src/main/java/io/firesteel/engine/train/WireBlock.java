package io.firesteel.engine.train;

import io.firesteel.engine.kernel.NarrowFloat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/**
 * Vectors on the wire in 16 bits per element, block after block: a power of two, then the codes of the block's elements, each
 * multiplied by it. For float16 the power brings the block's largest element to [2^15, 2^16), so that nothing overflows and
 * all that is more than 2^-30 of it keeps its 11 bits. Blocks begin at multiples of {@value #FLOATS} of the whole vector, so
 * that a block's bits don't depend on how the vector is sliced. Not thread-safe.
 */
final class WireBlock {
    /** Elements of a block, of which the last one of a vector may have fewer. */
    static final int FLOATS = ShardedOptimizer.BLOCK;

    private static final int TOP_EXPONENT = 15;
    /** Its inverse is a normal float, too. */
    private static final int MAX_POWER = 126;

    private final NarrowFloat type;
    private final short[] codes = new short[FLOATS];
    private final float[] scaled = new float[FLOATS];

    WireBlock(NarrowFloat type) {
        this.type = type;
    }

    /** Bytes of a vector that begins where a block does. */
    static int bytes(int floats) {
        int blocks = (floats + FLOATS - 1) / FLOATS;
        return Math.multiplyExact(Math.addExact(floats, blocks), Short.BYTES);
    }

    /**
     * Appends a block to the wire and leaves in {@code values} what rounding took away.
     *
     * @param from first element of the block
     * @param count elements, at most {@link #FLOATS}
     * @param wire little-endian
     */
    void encode(float[] values, int from, int count, ByteBuffer wire) {
        int power = type == NarrowFloat.FLOAT16 ? power(values, from, count) : 0;
        float factor = Math.scalb(1f, power);
        for (int i = 0; i < count; i++) {
            scaled[i] = values[from + i] * factor;
        }
        type.encode(scaled, codes, count);
        type.decode(codes, scaled, count);
        float inverse = Math.scalb(1f, -power);
        for (int i = 0; i < count; i++) {
            values[from + i] -= scaled[i] * inverse;
        }
        wire.putShort((short) power);
        view(wire, count).put(codes, 0, count);
        skip(wire, count);
    }

    /** Takes the next block from the wire. */
    void decode(ByteBuffer wire, float[] values, int count) {
        float inverse = Math.scalb(1f, -wire.getShort());
        view(wire, count).get(codes, 0, count);
        skip(wire, count);
        type.decode(codes, values, count);
        for (int i = 0; i < count; i++) {
            values[i] *= inverse;
        }
    }

    /** 0 where nothing is to be scaled: no element but 0, or one that is no number. */
    private static int power(float[] values, int from, int count) {
        int largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Float.floatToRawIntBits(values[from + i]) & Integer.MAX_VALUE);
        }
        float max = Float.intBitsToFloat(largest);
        if (max == 0 || !Float.isFinite(max)) {
            return 0;
        }
        return Math.min(MAX_POWER, TOP_EXPONENT - Math.getExponent(max));
    }

    private static ShortBuffer view(ByteBuffer wire, int count) {
        return wire.slice(wire.position(), count * Short.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
    }

    private static void skip(ByteBuffer wire, int count) {
        wire.position(wire.position() + count * Short.BYTES);
    }
}
