package io.firesteel.spark.check;

import java.io.DataOutput;
import java.io.IOException;
import org.apache.spark.sql.catalyst.InternalRow;

/** What is known of a column after some of its rows; depends on these rows alone, not on their order. */
interface ColumnState {
    /** Takes a row's value at a place. */
    void add(InternalRow row, int at);

    /** Takes what another state of the same kind has seen. */
    void add(ColumnState other);

    void write(DataOutput out) throws IOException;
}
