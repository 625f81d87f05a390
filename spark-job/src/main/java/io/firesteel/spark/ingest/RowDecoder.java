package io.firesteel.spark.ingest;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.RowLayout;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Writes one of Spark's internal rows into a row record, checking each value: a null, NaN or infinity, a label out of range
 * or an array of another length ends the run with an error that names the column and the value. Not thread-safe.
 */
public final class RowDecoder implements Serializable {
    private static final long serialVersionUID = 1;

    private static final String WAY_OUT =
            "leave such rows out with data.where: \"%s IS NOT NULL\", or fill them before";

    private final String dataset;
    private final List<GroupDecoder> features;
    private final LabelDecoder label;
    private final RowLayout layout;

    RowDecoder(
            String dataset,
            List<ColumnGroup> features,
            ColumnGroup label,
            LabelRange labelRange,
            RowLayout layout,
            String weight) {
        this.dataset = dataset;
        this.features = features.stream()
                .map(group -> new GroupDecoder(dataset, group, WAY_OUT))
                .toList();
        this.label = new LabelDecoder(new GroupDecoder(dataset, label, WAY_OUT), labelRange, weight);
        this.layout = layout;
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
            features.get(i).decode(row, column++, record, layout.inputOffset(i));
        }
        label.decode(row, column++, record, layout.labelOffset());
        if (layout.weighted()) {
            label.decodeWeight(row, column, record, layout.weightOffset());
        }
        record.putLong(layout.hashOffset(), row.getLong(RowSchema.HASH));
    }
}
