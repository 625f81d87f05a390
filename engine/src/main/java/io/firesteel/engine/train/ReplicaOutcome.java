package io.firesteel.engine.train;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a replica's training came to.
 *
 * @param epochs completed, over resumed runs
 * @param iterations completed
 * @param steps completed: updates of the weights
 * @param samples training rows that all replicas used, over resumed runs
 * @param samplesPerSecond training rows of all replicas per second inside this replica's iterations
 * @param stopReason why it ended before the last epoch, the same on every replica: with the number of the rank that asked
 *     for it first unless all did; empty if it didn't
 * @param phaseSeconds by {@link Phase#label()}
 * @param eventCounts how often each event of the trainer fired
 * @param weightsSha256 of the trained weights, see {@link io.firesteel.engine.checkpoint.WeightFile#sha256}
 */
public record ReplicaOutcome(
        long epochs,
        long iterations,
        long steps,
        long samples,
        double samplesPerSecond,
        String stopReason,
        Map<String, Double> phaseSeconds,
        Map<String, Long> eventCounts,
        String weightsSha256)
        implements Serializable {
    public ReplicaOutcome {
        phaseSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(phaseSeconds));
        eventCounts = Collections.unmodifiableMap(new LinkedHashMap<>(eventCounts));
    }
}
