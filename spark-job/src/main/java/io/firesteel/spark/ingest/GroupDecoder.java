package io.firesteel.spark.ingest;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.ElementType;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.bitset.BitSetMethods;

/**
 * Writes the values of one column group of a row, checking each. What arrives as it is to be written is copied as a block; where
 * something is wrong in one, it is found by looking at each value. Not thread-safe.
 */
final class GroupDecoder implements Serializable {
    private static final long serialVersionUID = 1;

    private static final int EXPONENT = 0x7f80_0000;
    /** Added to a number's bits without their sign, reaches the sign's place if the exponent is that of infinity or NaN. */
    private static final int LEAST_EXPONENT = 0x0080_0000;

    private final String dataset;
    private final String wayOut;
    private final ColumnGroup group;
    private final int elements;
    private final int tensorBytes;
    /** What each byte becomes; null where bytes need a look at each. */
    private final ByteTable ofBytes;

    private transient int[] bits;
    private transient float[] numbers;

    /**
     * @param dataset how messages name the rows' source
     * @param wayOut what to do about a null; {@code %s} stands for the column
     */
    GroupDecoder(String dataset, ColumnGroup group, String wayOut) {
        this.dataset = dataset;
        this.group = group;
        this.wayOut = wayOut;
        this.elements = group.tensor().elements();
        this.tensorBytes = group.tensor().bytes();
        boolean floats = group.tensor().type() == ElementType.FLOAT32;
        this.ofBytes = group.encoding() == ColumnGroup.Encoding.BYTES && floats
                ? ByteTable.of(group.scale(), group.offset()).orElse(null)
                : null;
    }

    ColumnGroup group() {
        return group;
    }

    /** What the values of a row take where they are written. */
    int bytes() {
        return tensorBytes;
    }

    /**
     * Decodes.
     *
     * @param column of the row
     * @param target where to write, in native order
     * @param offset of the first value, in bytes
     * @throws DataException if a value can't be used
     */
    void decode(InternalRow row, int column, ByteBuffer target, int offset) {
        if (row.isNullAt(column)) {
            throw missing(group.columns().get(0));
        }
        if (group.encoding() != ColumnGroup.Encoding.BYTES) {
            decodeArray(row.getArray(column), target, offset);
        } else if (row instanceof UnsafeRow unsafe && ofBytes != null) {
            decodeInPlace(unsafe, column, target, offset);
        } else {
            decodeBytes(row.getBinary(column), target, offset);
        }
    }

    /** {@link UnsafeRow#getBinary} would allocate an array for each row. */
    private void decodeInPlace(UnsafeRow row, int column, ByteBuffer target, int offset) {
        long offsetAndSize = row.getLong(column);
        checkLength((int) offsetAndSize);
        long start = row.getBaseOffset() + (offsetAndSize >>> Integer.SIZE);
        ofBytes.decode(row.getBaseObject(), start, elements, target, offset);
    }

    private void decodeBytes(byte[] values, ByteBuffer target, int offset) {
        checkLength(values.length);
        if (ofBytes != null) {
            ofBytes.decode(values, Platform.BYTE_ARRAY_OFFSET, elements, target, offset);
            return;
        }
        for (int i = 0; i < values.length; i++) {
            put(Byte.toUnsignedInt(values[i]), i, target, offset);
        }
    }

    private void decodeArray(ArrayData values, ByteBuffer target, int offset) {
        checkLength(values.numElements());
        if (values instanceof UnsafeArrayData block && decodeBlock(block, target, offset)) {
            return;
        }
        for (int i = 0; i < elements; i++) {
            if (values.isNullAt(i)) {
                throw missing(group.columnOf(i));
            }
            switch (group.encoding()) {
                case FLOATS -> put(values.getFloat(i), i, target, offset);
                case DOUBLES -> put(values.getDouble(i), i, target, offset);
                case LONGS -> putLong(values.getLong(i), i, target, offset);
                case BYTES -> throw new IllegalStateException("bytes don't come as an array");
            }
        }
    }

    /** Whether all values are usable floats, and are written. */
    private boolean decodeBlock(UnsafeArrayData values, ByteBuffer target, int offset) {
        if (group.encoding() != ColumnGroup.Encoding.FLOATS || group.tensor().type() != ElementType.FLOAT32) {
            return false;
        }
        Object base = values.getBaseObject();
        int words = (elements + Long.SIZE - 1) / Long.SIZE;
        if (BitSetMethods.anySet(base, values.getBaseOffset() + Long.BYTES, words)) {
            return false;
        }
        long start = values.getBaseOffset() + UnsafeArrayData.calculateHeaderPortionInBytes(elements);
        int[] raw = bits();
        Platform.copyMemory(base, start, raw, Platform.INT_ARRAY_OFFSET, (long) elements * Float.BYTES);
        if (!areFinite(raw)) {
            return false;
        }
        if (group.isPlain()) {
            ints(target, offset).put(raw);
            return true;
        }
        return putScaled(raw, target, offset);
    }

    private static boolean areFinite(int[] raw) {
        int overflows = 0;
        for (int i = 0; i < raw.length; i++) {
            overflows |= (raw[i] & EXPONENT) + LEAST_EXPONENT;
        }
        return overflows >= 0;
    }

    private boolean putScaled(int[] raw, ByteBuffer target, int offset) {
        float[] into = numbers();
        double scale = group.scale();
        double shift = group.offset();
        boolean finite = true;
        for (int i = 0; i < into.length; i++) {
            into[i] = (float) (Float.intBitsToFloat(raw[i]) * scale + shift);
            finite &= Math.abs(into[i]) <= Float.MAX_VALUE;
        }
        if (finite) {
            put(into, target, offset);
        }
        return finite;
    }

    private static void put(float[] values, ByteBuffer target, int offset) {
        target.slice(offset, values.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(values);
    }

    private static java.nio.IntBuffer ints(ByteBuffer target, int offset) {
        return target.slice(offset, target.limit() - offset)
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
    }

    private int[] bits() {
        if (bits == null) {
            bits = new int[elements];
        }
        return bits;
    }

    private float[] numbers() {
        if (numbers == null) {
            numbers = new float[elements];
        }
        return numbers;
    }

    private void putLong(long value, int i, ByteBuffer target, int offset) {
        if (group.tensor().type() == ElementType.INT64 && group.isPlain()) {
            target.putLong(offset + i * Long.BYTES, value);
        } else {
            put((double) value, i, target, offset);
        }
    }

    private void put(double value, int i, ByteBuffer target, int offset) {
        if (!Double.isFinite(value)) {
            throw unusable(group.columnOf(i), Double.toString(value), "a finite number");
        }
        double scaled = value * group.scale() + group.offset();
        if (group.tensor().type() == ElementType.INT64) {
            target.putLong(offset + i * Long.BYTES, whole(scaled, value, group.columnOf(i), group.isPlain()));
        } else if (Float.isFinite((float) scaled)) {
            target.putFloat(offset + i * Float.BYTES, (float) scaled);
        } else {
            String expected =
                    "a number that is finite as float32 after scale " + group.scale() + " and offset " + group.offset();
            throw unusable(group.columnOf(i), Double.toString(value), expected);
        }
    }

    private long whole(double scaled, double value, String column, boolean plain) {
        if (scaled != Math.rint(scaled)) {
            String expected = plain ? "a whole number" : "a whole number after scale and offset";
            throw unusable(column, Double.toString(value), expected);
        }
        return (long) scaled;
    }

    private void checkLength(int length) {
        if (length != elements) {
            throw new DataException(
                    "Cannot use " + dataset + ": column " + group.columns().get(0) + " has " + length
                            + " values in a row (expected " + elements + ", shape "
                            + group.tensor().shape() + ")");
        }
    }

    /** That a column has no value. */
    DataException missing(String column) {
        return new DataException("Cannot use " + dataset + ": column " + column
                + " is null in a row (expected a number; " + wayOut.replace("%s", column) + ")");
    }

    /** That a column has a value that nothing can be done with. */
    DataException unusable(String column, String value, String expected) {
        return new DataException("Cannot use " + dataset + ": column " + column + " is " + value
                + " in a row (expected " + expected + ")");
    }
}
