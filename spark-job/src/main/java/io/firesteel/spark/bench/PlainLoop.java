package io.firesteel.spark.bench;

/** What one would write for one metric alone: a loop over arrays of primitives. */
interface PlainLoop {
    void reset();

    /**
     * Adds a batch.
     *
     * @param targets null where labels are classes
     */
    void update(float[] predictions, long[] labels, float[] targets);

    double value();

    /** How far the metric's value may be away. */
    default double tolerance() {
        return 1e-9;
    }

    /** The share of rows whose label has the largest prediction. */
    final class Accuracy implements PlainLoop {
        private final int classes;
        private long right;
        private long rows;

        Accuracy(int classes) {
            this.classes = classes;
        }

        @Override
        public void reset() {
            right = 0;
            rows = 0;
        }

        @Override
        public void update(float[] predictions, long[] labels, float[] targets) {
            for (int row = 0; row < labels.length; row++) {
                right += largest(predictions, row * classes, classes) == labels[row] ? 1 : 0;
            }
            rows += labels.length;
        }

        @Override
        public double value() {
            return (double) right / rows;
        }
    }

    /** Rows by label and by the class with the largest prediction. */
    final class Confusion implements PlainLoop {
        private final int classes;
        private final long[] counts;

        Confusion(int classes) {
            this.classes = classes;
            this.counts = new long[classes * classes];
        }

        @Override
        public void reset() {
            java.util.Arrays.fill(counts, 0);
        }

        @Override
        public void update(float[] predictions, long[] labels, float[] targets) {
            for (int row = 0; row < labels.length; row++) {
                counts[(int) labels[row] * classes + largest(predictions, row * classes, classes)]++;
            }
        }

        @Override
        public double value() {
            return counts[0];
        }
    }

    /** The area under the ROC curve of scores in [0, 1], from a histogram with bins of 2^-13 of a score. */
    final class Auc implements PlainLoop {
        private static final int DROPPED_BITS = 39;
        private static final int LEAST = (int) (Double.doubleToRawLongBits(0x1p-30) >>> DROPPED_BITS);
        private static final int BINS = (int) (Double.doubleToRawLongBits(2) >>> DROPPED_BITS) - LEAST;

        private final long[] positives = new long[BINS];
        private final long[] negatives = new long[BINS];

        @Override
        public void reset() {
            java.util.Arrays.fill(positives, 0);
            java.util.Arrays.fill(negatives, 0);
        }

        @Override
        public void update(float[] predictions, long[] labels, float[] targets) {
            for (int row = 0; row < labels.length; row++) {
                int bin = Math.max(0, (int) (Double.doubleToRawLongBits(predictions[row]) >>> DROPPED_BITS) - LEAST);
                if (labels[row] == 1) {
                    positives[bin]++;
                } else {
                    negatives[bin]++;
                }
            }
        }

        @Override
        public double value() {
            double below = 0;
            double won = 0;
            double all = 0;
            for (int bin = 0; bin < BINS; bin++) {
                won += positives[bin] * (below + 0.5 * negatives[bin]);
                below += negatives[bin];
                all += positives[bin];
            }
            return won / (all * below);
        }

        @Override
        public double tolerance() {
            return 0x1p-13;
        }
    }

    /** 1 less the squared errors over the squared distances from the mean. */
    final class R2 implements PlainLoop {
        private double rows;
        private double mean;
        private double distances;
        private double errors;

        @Override
        public void reset() {
            rows = 0;
            mean = 0;
            distances = 0;
            errors = 0;
        }

        @Override
        public void update(float[] predictions, long[] labels, float[] targets) {
            for (int row = 0; row < targets.length; row++) {
                double target = targets[row];
                double error = target - predictions[row];
                errors += error * error;
                rows++;
                double before = target - mean;
                mean += before / rows;
                distances += before * (target - mean);
            }
        }

        @Override
        public double value() {
            return 1 - errors / distances;
        }
    }

    private static int largest(float[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = values[from + i] > values[from + best] ? i : best;
        }
        return best;
    }
}
