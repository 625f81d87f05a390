package io.firesteel.spark.ingest;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.ElementType;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.sql.catalyst.InternalRow;

/** Writes the label of a row, and its weight where rows have one, checking both. Not thread-safe. */
public final class LabelDecoder implements Serializable {
    private static final long serialVersionUID = 1;

    private final GroupDecoder label;
    private final LabelRange range;
    private final String weight; // null where rows have none

    LabelDecoder(GroupDecoder label, LabelRange range, String weight) {
        this.label = label;
        this.range = range;
        this.weight = weight;
    }

    /**
     * Decodes a label.
     *
     * @param column of the row
     * @param target where to write, in native order
     * @param offset in bytes
     * @throws DataException if a value can't be used
     */
    public void decode(InternalRow row, int column, ByteBuffer target, int offset) {
        label.decode(row, column, target, offset);
        ColumnGroup group = label.group();
        for (int i = 0; i < group.tensor().elements(); i++) {
            int at = offset + i * group.tensor().type().bytes();
            double value =
                    group.tensor().type() == ElementType.INT64 ? (double) target.getLong(at) : target.getFloat(at);
            if (value < range.lowest() || value > range.highest()) {
                throw label.unusable(group.columnOf(i), number(value), range.expected());
            }
        }
    }

    /**
     * Decodes a weight.
     *
     * @param column of the row
     * @param target where to write, in native order
     * @param offset in bytes
     * @throws DataException if it can't be used
     */
    public void decodeWeight(InternalRow row, int column, ByteBuffer target, int offset) {
        if (row.isNullAt(column)) {
            throw label.missing(weight);
        }
        float value = row.getFloat(column);
        if (!Float.isFinite(value) || value < 0) {
            throw label.unusable(weight, Float.toString(value), "a finite number >= 0");
        }
        target.putFloat(offset, value);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
