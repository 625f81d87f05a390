package io.firesteel.spark;

import io.firesteel.spark.ingest.ShardedRows;
import io.firesteel.spark.ingest.Split;
import java.util.Map;

/** Rows of each split, counted by Spark in one pass. */
record RowCounts(long training, long validation) {
    static RowCounts of(RunPlan plan) {
        Map<Split, Long> counts = ShardedRows.count(plan.rows());
        return new RowCounts(counts.getOrDefault(Split.TRAINING, 0L), counts.getOrDefault(Split.VALIDATION, 0L));
    }
}
