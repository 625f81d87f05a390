package io.firesteel.spark.ingest;

import io.firesteel.engine.data.DataException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Writes the features of rows into the buffers of a batch, one for each input of a model, checking each value. Not thread-safe. */
public final class InputDecoder implements Serializable {
    private static final long serialVersionUID = 1;

    /** How messages go on that tell of a null. */
    static final String WAY_OUT =
            "leave such rows out by the condition \"%s IS NOT NULL\", fill them before, or have null predicted for them with"
                    + " --invalid null";

    private final List<GroupDecoder> groups;

    InputDecoder(String dataset, List<ColumnGroup> groups) {
        this.groups = groups.stream()
                .map(group -> new GroupDecoder(dataset, group, WAY_OUT))
                .toList();
    }

    /**
     * Decodes a row.
     *
     * @param firstColumn of the row's features, which stand side by side
     * @param inputs one for each, (N, elements), in native order
     * @param index of the row in the batch
     * @throws DataException if a value can't be used; what was at that index is lost
     */
    public void decode(InternalRow row, int firstColumn, List<ByteBuffer> inputs, int index) {
        for (int i = 0; i < groups.size(); i++) {
            GroupDecoder group = groups.get(i);
            group.decode(row, firstColumn + i, inputs.get(i), index * group.bytes());
        }
    }
}
