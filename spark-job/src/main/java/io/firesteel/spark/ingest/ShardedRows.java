package io.firesteel.spark.ingest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/**
 * Rows on their way to the replicas: every row gets a stable hash, by it a split and a shard, travels to the partition of
 * the shard's replica, and is ordered there by split-independent values alone. So the rows of a shard and their order
 * depend on the data and the number of shards, not on files, partitions or executors.
 */
public final class ShardedRows {
    private final RowBinding binding;
    private final ShardAssignment assignment;

    public ShardedRows(RowBinding binding, ShardAssignment assignment) {
        this.binding = binding;
        this.assignment = assignment;
    }

    /** Rows for one use only. */
    public Dataset<Row> of(DatasetColumns columns, Dataset<Row> rows, Split split) {
        return select(columns, rows, functions.lit(split.code()));
    }

    /**
     * Rows of which a part, chosen by each row's hash, is for validation: a row keeps its part when others are added, and
     * equal rows are never in both.
     *
     * @param fraction expected share of validation rows, in (0, 1)
     */
    public Dataset<Row> split(DatasetColumns columns, Dataset<Row> rows, double fraction) {
        Column split = functions
                .when(binding.isHeldOut(columns, fraction), Split.VALIDATION.code())
                .otherwise(Split.TRAINING.code());
        return select(columns, rows, split);
    }

    /** The partitions that barrier tasks read: partition = rank, rows ordered by shard, split and hash. */
    public static RDD<InternalRow> partitions(Dataset<Row> selected, ShardAssignment assignment) {
        Column shard = functions.col(RowSchema.SHARD_NAME);
        Column replica = functions
                .floor(shard.cast("long").multiply(assignment.replicas()).divide(assignment.shards()))
                .cast("int");
        Dataset<Row> placed = selected.repartitionById(assignment.replicas(), replica)
                .sortWithinPartitions(
                        shard,
                        functions.col(RowSchema.SPLIT_NAME),
                        functions.col(RowSchema.HASH_NAME),
                        functions.col(RowSchema.TIE_BREAK_NAME));
        return ((org.apache.spark.sql.classic.Dataset<Row>) placed)
                .queryExecution()
                .toRdd();
    }

    /** How many rows each split has; those without any are absent. Reads all rows. */
    public static Map<Split, Long> count(Dataset<Row> selected) {
        Column split = functions.col(RowSchema.SPLIT_NAME);
        Row counted = selected.agg(
                        functions.count_if(split.equalTo(Split.TRAINING.code())),
                        functions.count_if(split.equalTo(Split.VALIDATION.code())))
                .first();
        Map<Split, Long> counts = new EnumMap<>(Split.class);
        counts.put(Split.TRAINING, counted.getLong(0));
        counts.put(Split.VALIDATION, counted.getLong(1));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private Dataset<Row> select(DatasetColumns columns, Dataset<Row> rows, Column split) {
        Column hash = binding.hash(columns);
        List<Column> selected = new ArrayList<>();
        selected.add(split.cast("int").as(RowSchema.SPLIT_NAME));
        selected.add(functions
                .pmod(hash, functions.lit((long) assignment.shards()))
                .cast("int")
                .as(RowSchema.SHARD_NAME));
        selected.add(hash.as(RowSchema.HASH_NAME));
        selected.add(binding.tieBreak(columns).as(RowSchema.TIE_BREAK_NAME));
        List<Column> values = binding.values(columns);
        for (int i = 0; i < values.size(); i++) {
            selected.add(values.get(i).as("__value" + i));
        }
        return rows.select(selected.toArray(Column[]::new));
    }
}
