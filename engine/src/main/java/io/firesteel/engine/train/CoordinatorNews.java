package io.firesteel.engine.train;

/** What the coordinator's engine is told of a run, in the order in which it happens. */
sealed interface CoordinatorNews {
    /** A place in a run: all that lies before it has happened on the replicas. */
    sealed interface Place extends CoordinatorNews {
        /** The epoch at this place, from 1. */
        long epoch();

        /** Iterations of the run before this place. */
        long iteration();
    }

    /** An epoch has ended on all replicas. */
    record Epoch(EpochRecord merged) implements Place {
        @Override
        public long epoch() {
            return merged.epoch();
        }

        @Override
        public long iteration() {
            return merged.iteration();
        }
    }

    /**
     * The run has ended well, or was stopped: perhaps inside an epoch.
     *
     * @param epoch the one after the last that was completed
     * @param stopReason empty if it was done
     */
    record End(long epoch, long iteration, String stopReason) implements Place {}

    /** The run has failed. */
    record Failure(Throwable cause) implements CoordinatorNews {}
}
