package io.firesteel.engine.schedule;

/** What the steps of a schedule count. */
public enum Pace {
    /** Iterations. */
    ITERATION("iteration") {
        @Override
        public double step(long iteration, double epochPosition) {
            return iteration;
        }
    },
    /** Whole epochs: the value changes where an epoch begins, as with a PyTorch scheduler that steps after each epoch. */
    EPOCH("epoch") {
        @Override
        public double step(long iteration, double epochPosition) {
            return Math.floor(epochPosition);
        }
    },
    /** Epochs and parts of them: steps are epochs, and the value changes at every iteration. */
    FRACTIONAL_EPOCH("fractionalEpoch") {
        @Override
        public double step(long iteration, double epochPosition) {
            return epochPosition;
        }
    };

    private final String label;

    Pace(String label) {
        this.label = label;
    }

    /** The name in job files. */
    public String label() {
        return label;
    }

    /**
     * The step of a schedule at a place in the run.
     *
     * @param iteration iterations completed since the run began
     * @param epochPosition epochs completed, and the share of the epoch at hand: 1.5 is the middle of the second epoch
     */
    public abstract double step(long iteration, double epochPosition);
}
