package io.firesteel.engine.metric.quantile;

/** The weight of pairs of rows that two numbers order differently, counted while sorting by the one rows that are in order of the other. */
final class Inversions {
    private final double[] y;
    private final double[] weights;
    private double weight;

    Inversions(double[] x, double[] y, double[] weights) {
        int[] order = Order.of(x, y).sort(x.length);
        this.y = new double[order.length];
        this.weights = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            this.y[i] = y[order[i]];
            this.weights[i] = weights[order[i]];
        }
        sort(0, order.length, new double[order.length], new double[order.length]);
    }

    /** The sum of products of the weights of both rows. */
    double weight() {
        return weight;
    }

    private void sort(int from, int to, double[] otherY, double[] otherWeights) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(from, middle, otherY, otherWeights);
        sort(middle, to, otherY, otherWeights);
        merge(from, middle, to, otherY, otherWeights);
        System.arraycopy(otherY, from, y, from, to - from);
        System.arraycopy(otherWeights, from, weights, from, to - from);
    }

    private void merge(int from, int middle, int to, double[] intoY, double[] intoWeights) {
        double waiting = 0;
        for (int i = from; i < middle; i++) {
            waiting += weights[i];
        }
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeRight = left == middle || (right < to && y[right] < y[left]);
            int taken = takeRight ? right++ : left++;
            if (takeRight) {
                weight += left == middle ? 0 : weights[taken] * waiting;
            } else {
                waiting -= weights[taken];
            }
            intoY[i] = y[taken];
            intoWeights[i] = weights[taken];
        }
    }
}
