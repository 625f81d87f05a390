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

    /**
     * The area under the ROC curve of scores in [0, 1], from a histogram with bins of 2^-13 of a score or, from 0.5 on, of its distance
     * from 1, and what is needed for its error: which bins have several scores.
     */
    final class Auc implements PlainLoop {
        private static final int DROPPED_BITS = 39;
        private static final int LEAST = key(0x1p-40);
        private static final int HALF = key(0.5) - LEAST;
        private static final int BINS = 2 * HALF + 1;
        private static final int WIDTH = 3;

        /** For each bin the rows of each class and its score, NaN if there are several. */
        private final double[] bins = new double[BINS * WIDTH];

        private static int key(double score) {
            return (int) (Double.doubleToRawLongBits(score) >>> DROPPED_BITS);
        }

        private static int bin(double score) {
            return score < 0.5 ? Math.max(0, key(score) - LEAST) : 2 * HALF - Math.max(0, key(1 - score) - LEAST);
        }

        @Override
        public void reset() {
            java.util.Arrays.fill(bins, 0);
        }

        @Override
        public void update(float[] predictions, long[] labels, float[] targets) {
            for (int row = 0; row < labels.length; row++) {
                double score = predictions[row];
                int at = WIDTH * bin(score);
                double seen = bins[at + 2];
                if (seen != score && !Double.isNaN(seen)) {
                    bins[at + 2] = bins[at] + bins[at + 1] == 0 ? score : Double.NaN;
                }
                bins[at + (int) labels[row]]++;
            }
        }

        @Override
        public double value() {
            double below = 0;
            double won = 0;
            double all = 0;
            for (int at = 0; at < bins.length; at += WIDTH) {
                won += bins[at + 1] * (below + 0.5 * bins[at]);
                below += bins[at];
                all += bins[at + 1];
            }
            return won / (all * below);
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

    /** Of equal values the first; NaN counts as larger than any number, as in {@code torch.argmax}. */
    private static int largest(float[] values, int from, int count) {
        int best = 0;
        float most = values[from];
        for (int i = 1; i < count; i++) {
            float value = values[from + i];
            if (!(value <= most) && !Float.isNaN(most)) {
                most = value;
                best = i;
            }
        }
        return best;
    }
}
