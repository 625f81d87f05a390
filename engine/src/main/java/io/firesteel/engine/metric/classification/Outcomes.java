package io.firesteel.engine.metric.classification;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The weights of rows, class by class or label by label: what averages are made of. Doesn't change. */
final class Outcomes {
    private final double[] right;
    private final double[] predicted;
    private final double[] actual;
    private final boolean[] occurs;
    private final double total;
    private final boolean multilabel;

    /** Keeps the arrays, which nobody may change. */
    Outcomes(double[] right, double[] predicted, double[] actual, boolean[] occurs, double total, boolean multilabel) {
        this.right = right;
        this.predicted = predicted;
        this.actual = actual;
        this.occurs = occurs;
        this.total = total;
        this.multilabel = multilabel;
    }

    int size() {
        return right.length;
    }

    /** Whether these are classes 0 and 1, so that class 1 can stand for both. */
    boolean isBinary() {
        return !multilabel && size() <= 2;
    }

    boolean isMultilabel() {
        return multilabel;
    }

    /** The weight of all rows. */
    double total() {
        return total;
    }

    double right(int label) {
        return right[label];
    }

    double predicted(int label) {
        return predicted[label];
    }

    double actual(int label) {
        return actual[label];
    }

    /** The weight of rows that neither are of this class nor were predicted to be. */
    double rightlyNot(int label) {
        return Math.max(0, total - predicted[label] - actual[label] + right[label]);
    }

    /** The classes that any row is of or was predicted to be, whatever its weight; all labels. */
    int[] occurring() {
        return IntStream.range(0, size()).filter(label -> occurs[label]).toArray();
    }

    /** The share that a class has; of one that isn't there, that of no rows. */
    double value(Ratio ratio, int label) {
        return label < size()
                ? ratio.of(right[label], predicted[label], actual[label], total)
                : ratio.of(0, 0, 0, total);
    }

    /** The shares of some classes. */
    double[] values(Ratio ratio, int[] labels) {
        return IntStream.of(labels).mapToDouble(label -> value(ratio, label)).toArray();
    }

    /** The share of some classes taken together: that of the sums of their weights. */
    double together(Ratio ratio, int[] labels) {
        return ratio.of(sum(right, labels), sum(predicted, labels), sum(actual, labels), labels.length * total);
    }

    /** The weights of rows that are of these classes. */
    double[] actual(int[] labels) {
        return IntStream.of(labels).mapToDouble(label -> actual[label]).toArray();
    }

    private static double sum(double[] values, int[] labels) {
        return IntStream.of(labels).mapToDouble(label -> values[label]).sum();
    }

    static double mean(double[] values) {
        return DoubleStream.of(values).sum() / values.length;
    }
}
