package io.firesteel.engine.train;

import io.firesteel.engine.data.Ledger;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One epoch of a run, as the report's history has it: the same values on every replica.
 *
 * @param epoch its number, from 1
 * @param iteration iterations of the run so far
 * @param seconds from the epoch's start to its end on rank 0, validation included
 * @param metrics merged values, for example {@code train.loss} and {@code validation.accuracy}
 * @param ledger the training rows that the epoch used
 */
public record EpochRecord(int epoch, long iteration, double seconds, Map<String, Double> metrics, Ledger ledger)
        implements Serializable {
    public EpochRecord {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** The same epoch with other values. */
    EpochRecord with(Map<String, Double> newMetrics) {
        return new EpochRecord(epoch, iteration, seconds, newMetrics, ledger);
    }
}
