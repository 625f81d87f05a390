package io.firesteel.engine.metric.regression;

/**
 * What an error is defined for.
 *
 * @param expected in words, for messages
 * @param test NaN should pass, so that it shows in the value
 */
record Domain(String expected, Test test) {
    static final Domain ANY = new Domain("any", (target, prediction) -> true);
    static final Domain TARGET_NOT_ZERO = new Domain("targets other than 0", (target, prediction) -> target != 0);
    static final Domain NOT_OPPOSITE = new Domain(
            "targets and predictions whose sum isn't 0",
            (target, prediction) -> target + prediction != 0 || target == prediction);
    static final Domain OVER_MINUS_ONE =
            new Domain("targets and predictions > -1", (target, prediction) -> !(target <= -1) && !(prediction <= -1));
    static final Domain POSITIVE_PREDICTION = new Domain("predictions > 0", (target, prediction) -> !(prediction <= 0));
    static final Domain POSITIVE =
            new Domain("targets > 0 and predictions > 0", (target, prediction) -> !(target <= 0) && !(prediction <= 0));
    static final Domain COUNT =
            new Domain("targets >= 0 and predictions > 0", (target, prediction) -> !(target < 0) && !(prediction <= 0));

    /** Whether a pair is inside. */
    @FunctionalInterface
    interface Test {
        boolean contains(double target, double prediction);
    }
}
