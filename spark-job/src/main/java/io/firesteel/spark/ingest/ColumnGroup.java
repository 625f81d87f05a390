package io.firesteel.spark.ingest;

import io.firesteel.engine.data.TensorSpec;
import java.io.Serializable;
import java.util.List;

/**
 * Columns of the data that together are one tensor of a row.
 *
 * @param tensor what they become
 * @param columns their names; one alone may hold several elements
 * @param encoding how their values arrive in Spark's internal row
 * @param scale multiplies each value
 * @param offset is added after scaling
 */
record ColumnGroup(TensorSpec tensor, List<String> columns, Encoding encoding, double scale, double offset)
        implements Serializable {
    ColumnGroup {
        columns = List.copyOf(columns);
    }

    /** How the values of a group arrive. */
    enum Encoding {
        /** An array of 32-bit floats. */
        FLOATS,
        /** An array of 64-bit floats: labels that must be whole numbers. */
        DOUBLES,
        /** An array of 64-bit integers. */
        LONGS,
        /** Bytes, each a number from 0 to 255. */
        BYTES
    }

    /** Whether values stay as they are. */
    boolean isPlain() {
        return scale == 1 && offset == 0;
    }

    /** The column that the element at this index comes from. */
    String columnOf(int element) {
        return columns.size() == 1 ? columns.get(0) : columns.get(element);
    }
}
