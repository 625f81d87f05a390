package io.firesteel.engine.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where an {@link Engine} is and what its last iteration had. One object for the life of the engine, changed in place
 * and only by the engine; handlers write {@link #metrics()} and values of their own,
 * {@link #put}. Read it on the engine's thread.
 *
 * @param <B> batch
 * @param <O> output of the process function
 */
public final class State<B, O> {
    static final long UNKNOWN = -1;
    private static final double NANOS = 1e9;

    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final UserValues values = new UserValues();

    private RunLimit limit;
    private long epoch;
    private long iteration;
    private long epochIteration;
    private long epochLength = UNKNOWN;
    private long resumedIterations;
    private boolean epochOpen;
    private boolean iterationOpen;
    private boolean exhausted;
    private B batch;
    private O output;
    private long epochNanos;
    private long runNanos;

    State() {}

    /** The epoch that runs or ran last, from 1; 0 before the first. Global over resumed runs. */
    public long epoch() {
        return epoch;
    }

    /** The iteration that runs or ran last, from 1; 0 before the first. Global over epochs and resumed runs. */
    public long iteration() {
        return iteration;
    }

    /** The iteration within the epoch, from 1; 0 until the epoch's first. At TERMINATE_SINGLE_EPOCH: how far it came. */
    public long epochIteration() {
        return epochIteration;
    }

    /** Iterations to the epoch that runs or ran last; empty as long as the first pass over a source of unknown length hasn't shown it. */
    public OptionalLong epochLength() {
        return epochLength == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(epochLength);
    }

    /**
     * The epochs that the run is to make. Under a limit in iterations: the epochs that they fill, once the epoch length
     * is known, if all have that length. Empty before the first run.
     */
    public OptionalLong maxEpochs() {
        if (limit == null || limit.inEpochs()) {
            return limit == null ? OptionalLong.empty() : OptionalLong.of(limit.count());
        }
        return epochLength > 0
                ? OptionalLong.of((limit.count() + epochLength - 1) / epochLength)
                : OptionalLong.empty();
    }

    /** The iterations that the run is to make; empty under a limit in epochs. */
    public OptionalLong maxIterations() {
        return limit == null || limit.inEpochs() ? OptionalLong.empty() : OptionalLong.of(limit.count());
    }

    /** The batch of this iteration; null from GET_BATCH_STARTED until it is fetched, and without data. */
    public B batch() {
        return batch;
    }

    /** The last result of the process function; null from the fetch of the next batch until it is processed. */
    public O output() {
        return output;
    }

    /** Values by name, in the order they were first written. Emptied when a run starts from the beginning. */
    public Map<String, Double> metrics() {
        return metrics;
    }

    /**
     * Seconds that the last epoch took, with those that it was suspended. While EPOCH_COMPLETED handlers run it leaves them out; afterwards it includes
     * them. 0 before the first epoch of a run has ended.
     */
    public double epochSeconds() {
        return epochNanos / NANOS;
    }

    /**
     * Seconds that the run took, with those that it was suspended. While COMPLETED handlers run it leaves them out;
     * afterwards it includes them. 0 until then.
     */
    public double runSeconds() {
        return runNanos / NANOS;
    }

    /**
     * A value that a handler or the process function has put here. Stays over runs, also those that begin anew.
     *
     * @throws IllegalArgumentException if another key of that name is in use
     */
    public <T> Optional<T> find(StateKey<T> key) {
        return values.find(key);
    }

    /**
     * Keeps a value for other handlers and, under a {@linkplain StateKey#saved saved key}, in {@link Engine#stateDict()}.
     * Arrays are kept as they are.
     *
     * @throws IllegalArgumentException if the value is null or another key of that name is in use
     */
    public <T> void put(StateKey<T> key, T value) {
        values.put(key, value);
    }

    UserValues values() {
        return values;
    }

    RunLimit limit() {
        return limit;
    }

    void limit(RunLimit newLimit) {
        limit = newLimit;
    }

    /** A resumed epoch that has all its iterations has still to be completed, whatever the limit says. */
    boolean isDone() {
        if (exhausted || epochLength == 0) {
            return true;
        }
        if (limit.inEpochs()) {
            return epoch >= limit.count();
        }
        return iteration >= limit.count() && (resumedIterations == 0 || resumedIterations != epochLength);
    }

    boolean isAtIterationLimit() {
        return !limit.inEpochs() && iteration >= limit.count();
    }

    boolean isEpochFull() {
        return epochLength != UNKNOWN && epochIteration >= epochLength;
    }

    void forgetRun() {
        limit = null;
    }

    void startOver(RunLimit newLimit, long newEpochLength) {
        resume(0, 0, 0, newEpochLength);
        metrics.clear();
        begin(newLimit);
    }

    void resume(long finishedEpochs, long iterations, long iterationsOfEpoch, long lengthOfEpoch) {
        epoch = finishedEpochs;
        iteration = iterations;
        resumedIterations = iterationsOfEpoch;
        epochLength = lengthOfEpoch;
    }

    void begin(RunLimit newLimit) {
        limit = newLimit;
        epochIteration = 0;
        epochOpen = false;
        iterationOpen = false;
        exhausted = false;
        batch = null;
        output = null;
        epochNanos = 0;
        runNanos = 0;
    }

    void beginEpoch() {
        epoch++;
        epochIteration = resumedIterations;
        resumedIterations = 0;
        epochOpen = true;
        iterationOpen = false;
    }

    void endEpoch() {
        epochOpen = false;
        iterationOpen = false;
    }

    void beginIteration() {
        iteration++;
        epochIteration++;
        iterationOpen = true;
    }

    void endIteration(O result) {
        output = result;
        iterationOpen = false;
    }

    void clearBatch() {
        batch = null;
    }

    void fetched(B next) {
        batch = next;
        output = null;
    }

    void epochLength(long iterations) {
        epochLength = iterations;
    }

    void discoverEpochLength() {
        epochLength = epochIteration;
    }

    void exhaust() {
        exhausted = true;
    }

    void epochTook(long nanos) {
        epochNanos = nanos;
    }

    void runTook(long nanos) {
        runNanos = nanos;
    }

    /** Whether the next epoch is to begin in its middle. */
    boolean isResumed() {
        return resumedIterations > 0;
    }

    long finishedEpochs() {
        return epochOpen ? epoch - 1 : epoch;
    }

    long finishedIterations() {
        return iterationOpen ? iteration - 1 : iteration;
    }

    long finishedIterationsOfEpoch() {
        if (!epochOpen) {
            return resumedIterations;
        }
        return iterationOpen ? epochIteration - 1 : epochIteration;
    }
}
