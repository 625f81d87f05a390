package io.firesteel.engine.train;

/** Measures epochs, and the time inside training iterations: from the wait for a batch to the last handler of the iteration. */
final class EpochClock {
    private static final double NANOS_PER_SECOND = 1e9;

    private long epochStart;
    private long iterationStart;
    private long epochTrainingNanos;
    private long trainingNanos;
    private long epochIterations;

    void beginEpoch() {
        epochStart = System.nanoTime();
        epochTrainingNanos = 0;
        epochIterations = 0;
    }

    void beginIteration() {
        iterationStart = System.nanoTime();
    }

    /** Answers now. */
    long endIteration() {
        long now = System.nanoTime();
        trainingNanos += now - iterationStart;
        epochTrainingNanos += now - iterationStart;
        epochIterations++;
        return now;
    }

    /** Since the epoch began. */
    double epochSeconds() {
        return (System.nanoTime() - epochStart) / NANOS_PER_SECOND;
    }

    /** Inside iterations of this epoch. */
    double epochTrainingSeconds() {
        return epochTrainingNanos / NANOS_PER_SECOND;
    }

    /** Mean over the iterations of this epoch that ran here: a resumed epoch has more, which took another run's time. */
    double secondsPerIteration() {
        return epochTrainingSeconds() / epochIterations;
    }

    /** Inside iterations of all epochs. */
    double trainingSeconds() {
        return trainingNanos / NANOS_PER_SECOND;
    }
}
