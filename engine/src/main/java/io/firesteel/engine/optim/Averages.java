package io.firesteel.engine.optim;

/** Exponential moving averages over arrays that share one index. */
final class Averages {
    private Averages() {}

    /** {@code averages += share * (values - averages)}, by the formula of torch.lerp, which starts from the nearer end. */
    static void update(float[] averages, float share, float[] values, int from, int to) {
        if (share < 0.5f) {
            for (int i = from; i < to; i++) {
                averages[i] = averages[i] + (values[i] - averages[i]) * share;
            }
        } else {
            for (int i = from; i < to; i++) {
                averages[i] = values[i] - (values[i] - averages[i]) * (1 - share);
            }
        }
    }

    /** {@code averages = keep * averages + share * values * values}. */
    static void updateSquares(float[] averages, float keep, float share, float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            averages[i] = averages[i] * keep + share * values[i] * values[i];
        }
    }
}
