package io.firesteel.engine.metric.quantile;

/** How the size of an error is told. */
enum ErrorSize {
    /** {@code |p - y|}. */
    ABSOLUTE("absoluteErrors") {
        @Override
        double of(double prediction, double target) {
            return Math.abs(prediction - target);
        }
    },
    /** {@code 100 * |p - y| / |y|}; 0 if both are 0. */
    PERCENT("percentageErrors") {
        @Override
        double of(double prediction, double target) {
            double error = Math.abs(prediction - target);
            return error == 0 ? 0 : 100 * error / Math.abs(target);
        }
    };

    private final String stateName;

    ErrorSize(String stateName) {
        this.stateName = stateName;
    }

    String stateName() {
        return stateName;
    }

    abstract double of(double prediction, double target);
}
