package io.firesteel.spark.ingest;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.RowLayout;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Writes one of Spark's internal rows into a row record, checking each value: a null, NaN or infinity, a label out of range
 * or an array of another length ends the run with an error that names the column and the value.
 */
public final class RowDecoder implements Serializable {
    private final String dataset;
    private final List<ColumnGroup> features;
    private final ColumnGroup label;
    private final LabelRange labelRange;
    private final RowLayout layout;
    private final String weight; // null where rows have none

    RowDecoder(
            String dataset,
            List<ColumnGroup> features,
            ColumnGroup label,
            LabelRange labelRange,
            RowLayout layout,
            String weight) {
        this.dataset = dataset;
        this.features = List.copyOf(features);
        this.label = label;
        this.labelRange = labelRange;
        this.layout = layout;
        this.weight = weight;
    }

    /** How messages name the rows' source. */
    public String dataset() {
        return dataset;
    }

    /** The layout of the records that this decoder writes. */
    public RowLayout layout() {
        return layout;
    }

    /**
     * Decodes a row.
     *
     * @param row as {@link ShardedRows} made it
     * @param record where to write, in native order, by absolute puts
     * @throws DataException if a value can't be used
     */
    public void decode(InternalRow row, ByteBuffer record) {
        int column = RowSchema.FEATURES;
        for (int i = 0; i < features.size(); i++) {
            decode(row, column++, features.get(i), record, layout.inputOffset(i));
        }
        decode(row, column++, label, record, layout.labelOffset());
        checkLabel(record);
        if (layout.weighted()) {
            decodeWeight(row, column, record);
        }
        record.putLong(layout.hashOffset(), row.getLong(RowSchema.HASH));
    }

    private void decode(InternalRow row, int column, ColumnGroup group, ByteBuffer record, int offset) {
        if (row.isNullAt(column)) {
            throw missing(group.columns().get(0));
        }
        if (group.encoding() == ColumnGroup.Encoding.BYTES) {
            decodeBytes(row.getBinary(column), group, record, offset);
        } else {
            decodeArray(row.getArray(column), group, record, offset);
        }
    }

    private void decodeBytes(byte[] values, ColumnGroup group, ByteBuffer record, int offset) {
        checkLength(values.length, group);
        for (int i = 0; i < values.length; i++) {
            put(Byte.toUnsignedInt(values[i]), i, group, record, offset);
        }
    }

    private void decodeArray(ArrayData values, ColumnGroup group, ByteBuffer record, int offset) {
        checkLength(values.numElements(), group);
        for (int i = 0; i < values.numElements(); i++) {
            if (values.isNullAt(i)) {
                throw missing(group.columnOf(i));
            }
            switch (group.encoding()) {
                case FLOATS -> put(values.getFloat(i), i, group, record, offset);
                case DOUBLES -> put(values.getDouble(i), i, group, record, offset);
                case LONGS -> putLong(values.getLong(i), i, group, record, offset);
                case BYTES -> throw new IllegalStateException("bytes don't come as an array");
            }
        }
    }

    private void putLong(long value, int i, ColumnGroup group, ByteBuffer record, int offset) {
        if (group.tensor().type() == ElementType.INT64 && group.isPlain()) {
            record.putLong(offset + i * Long.BYTES, value);
        } else {
            put((double) value, i, group, record, offset);
        }
    }

    private void put(double value, int i, ColumnGroup group, ByteBuffer record, int offset) {
        if (!Double.isFinite(value)) {
            throw unusable(group.columnOf(i), Double.toString(value), "a finite number");
        }
        double scaled = value * group.scale() + group.offset();
        if (group.tensor().type() == ElementType.INT64) {
            record.putLong(offset + i * Long.BYTES, whole(scaled, value, group.columnOf(i), group.isPlain()));
        } else if (Float.isFinite((float) scaled)) {
            record.putFloat(offset + i * Float.BYTES, (float) scaled);
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

    private void decodeWeight(InternalRow row, int column, ByteBuffer record) {
        if (row.isNullAt(column)) {
            throw missing(weight);
        }
        float value = row.getFloat(column);
        if (!Float.isFinite(value) || value < 0) {
            throw unusable(weight, Float.toString(value), "a finite number >= 0");
        }
        record.putFloat(layout.weightOffset(), value);
    }

    private void checkLabel(ByteBuffer record) {
        for (int i = 0; i < label.tensor().elements(); i++) {
            int offset = layout.labelOffset() + i * label.tensor().type().bytes();
            double value = label.tensor().type() == ElementType.INT64
                    ? (double) record.getLong(offset)
                    : record.getFloat(offset);
            if (value < labelRange.lowest() || value > labelRange.highest()) {
                throw unusable(label.columnOf(i), number(value), labelRange.expected());
            }
        }
    }

    private void checkLength(int length, ColumnGroup group) {
        if (length != group.tensor().elements()) {
            throw new DataException(
                    "Cannot use " + dataset + ": column " + group.columns().get(0) + " has " + length
                            + " values in a row (expected " + group.tensor().elements() + ", shape "
                            + group.tensor().shape() + ")");
        }
    }

    private DataException missing(String column) {
        return new DataException("Cannot use " + dataset + ": column " + column
                + " is null in a row (expected a number; leave such rows out with data.where: \"" + column
                + " IS NOT NULL\", or fill them before)");
    }

    private DataException unusable(String column, String value, String expected) {
        return new DataException("Cannot use " + dataset + ": column " + column + " is " + value
                + " in a row (expected " + expected + ")");
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
