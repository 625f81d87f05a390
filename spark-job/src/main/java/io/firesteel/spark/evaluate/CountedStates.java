package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.set.MetricStates;

/**
 * Metric states and the number of rows that they are of. The count travels with the states, so that a partition which Spark computes
 * twice counts once. Not thread-safe.
 */
final class CountedStates {
    private final MetricStates states;
    private long rows;

    /** @param rows that the states have seen */
    CountedStates(MetricStates states, long rows) {
        this.states = states;
        this.rows = rows;
    }

    void update(MetricInput batch) {
        states.update(batch);
        rows += batch.rows();
    }

    void add(CountedStates other) {
        states.add(other.states);
        rows += other.rows;
    }

    MetricStates states() {
        return states;
    }

    long rows() {
        return rows;
    }
}
