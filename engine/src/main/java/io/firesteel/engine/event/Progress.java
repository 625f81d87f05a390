package io.firesteel.engine.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a run has come, in batches whose process function has returned: what a checkpoint keeps of an {@link Engine}
 * and what {@link Engine#resumeAt(Progress)} takes. An epoch counts as finished from its EPOCH_COMPLETED on, so a
 * progress taken in those handlers resumes with the next epoch.
 *
 * @param epochs finished epochs, &gt;= 0
 * @param epochIteration finished iterations of the epoch after those, &gt;= 0
 * @param iteration finished iterations in all, &gt;= 0
 * @param epochLength iterations to an epoch, &gt; 0; empty if not known yet
 * @param data where the next batch is; empty if that follows from the counts (or there is no data)
 * @param limit when the run is done
 * @param firings how often each of the user's events has fired, by name; none that hasn't
 */
public record Progress(
        long epochs,
        long epochIteration,
        long iteration,
        OptionalLong epochLength,
        Optional<Position> data,
        RunLimit limit,
        Map<String, Long> firings) {
    public Progress {
        firings = Collections.unmodifiableMap(new LinkedHashMap<>(firings));
        firings.forEach((event, count) -> notNegative("the count of " + event, count));
        notNegative("epochs", epochs);
        notNegative("epochIteration", epochIteration);
        notNegative("iteration", iteration);
        if (epochLength.isPresent() && epochLength.getAsLong() < 1) {
            throw invalid("epochLength is " + epochLength.getAsLong() + " (expected > 0)");
        }
        if (epochIteration > Math.min(iteration, epochLength.orElse(iteration))) {
            throw invalid("epochIteration is " + epochIteration + " (expected <= iteration " + iteration
                    + " and <= the epoch length)");
        }
        if (iteration > 0 && epochLength.isEmpty() && data.isEmpty()) {
            throw invalid("iteration is " + iteration + " without an epochLength (expected > 0)");
        }
        long reached = limit.inEpochs() ? epochs : iteration;
        if (reached > limit.count()) {
            throw invalid("the limit is " + limit + " (expected >= " + reached + ", which are finished)");
        }
    }

    /** Without events of the user's. */
    public Progress(
            long epochs,
            long epochIteration,
            long iteration,
            OptionalLong epochLength,
            Optional<Position> data,
            RunLimit limit) {
        this(epochs, epochIteration, iteration, epochLength, data, limit, Map.of());
    }

    /**
     * The start of the epoch after this many.
     *
     * @param epochs finished epochs
     * @param epochLength iterations to an epoch, &gt; 0
     */
    public static Progress atEpoch(long epochs, long epochLength, RunLimit limit) {
        return new Progress(
                epochs,
                0,
                Math.multiplyExact(epochs, epochLength),
                OptionalLong.of(epochLength),
                Optional.empty(),
                limit);
    }

    /**
     * After this many iterations of full epochs.
     *
     * @param iteration finished iterations
     * @param epochLength iterations to an epoch, &gt; 0
     */
    public static Progress atIteration(long iteration, long epochLength, RunLimit limit) {
        if (epochLength < 1) {
            throw invalid("epochLength is " + epochLength + " (expected > 0)");
        }
        return new Progress(
                iteration / epochLength,
                iteration % epochLength,
                iteration,
                OptionalLong.of(epochLength),
                Optional.empty(),
                limit);
    }

    /**
     * As names and numbers, for a manifest: {@code iteration}, {@code epochLength} (if known), {@code maxEpochs} or
     * {@code maxIterations}, {@code epochs}, {@code epochIteration}, with data {@code dataEpoch} and {@code
     * dataIteration}, and {@code event.NAME} for each event of the user's.
     */
    public Map<String, Long> toMap() {
        Map<String, Long> map = new LinkedHashMap<>();
        map.put(ProgressMap.ITERATION, iteration);
        epochLength.ifPresent(length -> map.put(ProgressMap.EPOCH_LENGTH, length));
        map.put(limit.inEpochs() ? ProgressMap.MAX_EPOCHS : ProgressMap.MAX_ITERATIONS, limit.count());
        map.put(ProgressMap.EPOCHS, epochs);
        map.put(ProgressMap.EPOCH_ITERATION, epochIteration);
        data.ifPresent(position -> {
            map.put(ProgressMap.DATA_EPOCH, position.epoch());
            map.put(ProgressMap.DATA_ITERATION, position.iteration());
        });
        firings.forEach((event, count) -> map.put(ProgressMap.FIRINGS + event, count));
        return map;
    }

    /**
     * What {@link #toMap()} gave, or the short form that Ignite's engine has: {@code epochLength}, either {@code
     * iteration} or {@code epoch} (finished ones), and either {@code maxEpochs} or {@code maxIterations}.
     *
     * @throws IllegalArgumentException if keys are missing, contradict each other or are unknown
     */
    public static Progress fromMap(Map<String, Long> map) {
        return new ProgressMap(map).read();
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw invalid(name + " is " + value + " (expected >= 0)");
        }
    }

    static IllegalArgumentException invalid(String why) {
        return new IllegalArgumentException("Cannot resume a run: " + why);
    }
}
