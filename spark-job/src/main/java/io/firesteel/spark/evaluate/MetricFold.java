package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.metric.set.MetricStates;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Folds rows into metric states, a partition at a time, and merges the states in the order of the partitions.
 *
 * @param merge says which metrics, and merges
 * @param form of the rows
 */
record MetricFold(StateMerge merge, RowForm form) implements Serializable {
    MetricFold(List<String> metrics, Map<String, String> parameters, Set<String> known, RowForm form) {
        this(new StateMerge(metrics, parameters, known), form);
    }

    /** The states of all rows. */
    MetricStates fold(JavaRDD<InternalRow> rows) {
        return merge.merge(rows.mapPartitions(this::partition, true)).states();
    }

    private Iterator<byte[]> partition(Iterator<InternalRow> rows) {
        CountedStates states = merge.zero();
        new RowBatches(form).forEach(rows, states::update);
        return List.of(StateMerge.toBytes(states)).iterator();
    }

    /** What is folded. */
    MetricSet set() {
        return merge.set();
    }
}
