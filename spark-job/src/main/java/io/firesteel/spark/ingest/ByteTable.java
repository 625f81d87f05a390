package io.firesteel.spark.ingest;

import io.firesteel.engine.kernel.DirectView;
import java.io.Serializable;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.unsafe.Platform;

/**
 * What each byte, a number from 0 to 255, becomes as float32: value · scale + offset, in double precision and then rounded. Eight
 * bytes are looked up at a time and two floats stored with each write, from Spark's memory to the batch's without a copy between.
 */
final class ByteTable implements Serializable {
    private static final long serialVersionUID = 1;

    private static final int VALUES = 256;
    private static final long BITS = 0xffff_ffffL;
    private static final boolean IN_PLACE =
            DirectView.isSupported() && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    /** Bits of the floats in the lower half of a long, and in its upper half. */
    private final long[] lower = new long[VALUES];

    private final long[] upper = new long[VALUES];

    private ByteTable(double scale, double offset) {
        for (int i = 0; i < VALUES; i++) {
            lower[i] = Float.floatToRawIntBits((float) (i * scale + offset)) & BITS;
            upper[i] = lower[i] << Integer.SIZE;
        }
    }

    /** The table; empty where a value becomes infinite. */
    static Optional<ByteTable> of(double scale, double offset) {
        // Values lie between those of the ends, as far as they are numbers.
        boolean finite = Float.isFinite((float) offset) && Float.isFinite((float) ((VALUES - 1) * scale + offset));
        return finite ? Optional.of(new ByteTable(scale, offset)) : Optional.empty();
    }

    /**
     * Looks up.
     *
     * @param base of Spark's memory, and {@code from} the place of the first byte in it: so many bytes are there
     * @param target in native order
     * @param offset of the first float in the target, in bytes
     * @throws IndexOutOfBoundsException if the target ends before
     */
    void decode(Object base, long from, int count, ByteBuffer target, int offset) {
        Objects.checkFromIndexSize(offset, count * Float.BYTES, target.limit());
        int whole = IN_PLACE && target.isDirect() ? count / Long.BYTES * Long.BYTES : 0;
        if (whole > 0) {
            try {
                decodeWords(base, from, whole, DirectView.address(target) + offset);
            } finally {
                Reference.reachabilityFence(target);
            }
        }
        for (int i = whole; i < count; i++) {
            int value = Byte.toUnsignedInt(Platform.getByte(base, from + i));
            target.putInt(offset + i * Float.BYTES, (int) lower[value]);
        }
    }

    private void decodeWords(Object base, long from, int count, long address) {
        long[] low = lower;
        long[] high = upper;
        for (int i = 0; i < count; i += Long.BYTES) {
            long word = Platform.getLong(base, from + i);
            long to = address + (long) i * Float.BYTES;
            Platform.putLong(null, to, low[at(word, 0)] | high[at(word, 1)]);
            Platform.putLong(null, to + Long.BYTES, low[at(word, 2)] | high[at(word, 3)]);
            Platform.putLong(null, to + 2 * Long.BYTES, low[at(word, 4)] | high[at(word, 5)]);
            Platform.putLong(null, to + 3 * Long.BYTES, low[at(word, 6)] | high[at(word, 7)]);
        }
    }

    private static int at(long word, int index) {
        return (int) (word >>> (index * Byte.SIZE)) & (VALUES - 1);
    }
}
