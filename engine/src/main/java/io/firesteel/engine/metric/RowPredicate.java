package io.firesteel.engine.metric;

/** Says which rows of a batch a metric is of: {@code (rows, row) -> rows.classLabel(row) == 3}. */
@FunctionalInterface
public interface RowPredicate {
    /**
     * Whether a row counts.
     *
     * @param rows the batch
     * @param row in [0, N)
     */
    boolean test(MetricInput rows, int row);
}
