package io.firesteel.engine.metric;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * One batch as metrics see it: N rows of predictions, labels, weights and so on, each of them optional. Numbers are copied from
 * the caller's buffers between their position and their limit. One instance serves batch after batch without an allocation: {@link #begin}, then one call for each
 * part. Not thread-safe.
 */
public final class MetricInput {
    private int rows;
    final NumberColumns predictions = new NumberColumns("predictions");
    final NumberColumns targets = new NumberColumns("targets");
    private final NumberColumns weights = new NumberColumns("weights");
    final NumberColumns losses = new NumberColumns("losses");
    private final Predictions decisions = new Predictions(predictions);
    private final ClassColumn classes = new ClassColumn();
    List<String> groups;
    List<String> texts;
    List<List<String>> references;

    /**
     * Starts a batch, which has nothing but a number of rows yet.
     *
     * @param rowCount N, &gt;= 0
     */
    public MetricInput begin(int rowCount) {
        if (rowCount < 0) {
            throw new IllegalArgumentException("Invalid rows: " + rowCount + " (must be >= 0)");
        }
        rows = rowCount;
        predictions.clear();
        targets.clear();
        weights.clear();
        losses.clear();
        decisions.kind(PredictionKind.LOGITS);
        classes.clear();
        groups = null;
        texts = null;
        references = null;
        return this;
    }

    /**
     * Sets the model's outputs.
     *
     * @param values float32 (N, C) in row order: logits of a classifier, values of a regression
     * @param columns C, &gt; 0
     */
    public MetricInput predictions(FloatBuffer values, int columns) {
        predictions.set(values, rows, columns);
        decisions.forget();
        return this;
    }

    /**
     * Sets the model's outputs.
     *
     * @param values float64 (N, C) in row order
     * @param columns C, &gt; 0
     */
    public MetricInput predictions(double[] values, int columns) {
        predictions.set(values, rows, columns);
        decisions.forget();
        return this;
    }

    /** Says what a classifier's predictions are; logits without this call. Regressions don't ask. */
    public MetricInput predictionKind(PredictionKind kind) {
        decisions.kind(kind);
        return this;
    }

    /**
     * Sets class labels.
     *
     * @param labels int64 (N): 0-based classes
     */
    public MetricInput classes(LongBuffer labels) {
        if (labels.remaining() != rows) {
            throw perRow("classes", labels.remaining());
        }
        classes.set(labels, rows);
        return this;
    }

    /**
     * Sets targets that are numbers.
     *
     * @param values float32 (N, L) in row order: 0 or 1 for each label, or the values to regress
     * @param columns L, &gt; 0
     */
    public MetricInput targets(FloatBuffer values, int columns) {
        targets.set(values, rows, columns);
        return this;
    }

    /**
     * Sets targets that are numbers.
     *
     * @param values float64 (N, L) in row order
     * @param columns L, &gt; 0
     */
    public MetricInput targets(double[] values, int columns) {
        targets.set(values, rows, columns);
        return this;
    }

    /**
     * Sets the rows' weights, which are 1 without this call.
     *
     * @param values float32 (N), each finite and &gt;= 0
     */
    public MetricInput weights(FloatBuffer values) {
        weights.set(values, rows, 1);
        return this;
    }

    /**
     * Sets the rows' weights, which are 1 without this call.
     *
     * @param values float64 (N), each finite and &gt;= 0
     */
    public MetricInput weights(double[] values) {
        weights.set(values, rows, 1);
        return this;
    }

    /**
     * Sets the rows' losses.
     *
     * @param values float32 (N), not weighted
     */
    public MetricInput losses(FloatBuffer values) {
        losses.set(values, rows, 1);
        return this;
    }

    /**
     * Sets the rows' losses.
     *
     * @param values float64 (N), not weighted
     */
    public MetricInput losses(double[] values) {
        losses.set(values, rows, 1);
        return this;
    }

    /**
     * Sets what each row belongs to: a query of a ranking, a subgroup whose fairness is asked for, an image.
     *
     * @param names (N), none null
     */
    public MetricInput groups(List<String> names) {
        if (names.size() != rows) {
            throw perRow("groups", names.size());
        }
        groups = names;
        return this;
    }

    /**
     * Sets texts that a model has written and those that it should have.
     *
     * @param written (N)
     * @param wanted (N), at least one for each row
     */
    public MetricInput texts(List<String> written, List<List<String>> wanted) {
        if (written.size() != rows || wanted.size() != rows) {
            throw perRow("texts", written.size() == rows ? wanted.size() : written.size());
        }
        texts = written;
        references = wanted;
        return this;
    }

    private IllegalArgumentException perRow(String what, int elements) {
        return new IllegalArgumentException(
                "Invalid " + what + ": " + elements + " elements (must be " + rows + ", one per row)");
    }

    /** N. */
    public int rows() {
        return rows;
    }

    /** C, the columns of the predictions. */
    public int predictionColumns() {
        return predictions.columns();
    }

    /** A number as the model gave it. */
    public double prediction(int row, int column) {
        return predictions.value(row, column);
    }

    /** What a classifier's predictions are. */
    public PredictionKind predictionKind() {
        return decisions.kind();
    }

    /** The number of classes that the predictions have columns for, at least 2; 0 if predictions are classes already. */
    public int predictedClasses() {
        return decisions.classes();
    }

    /**
     * The class that the model decides on: of C &gt; 1 columns the one with the largest value, of equal ones the lowest, where NaN
     * counts as larger than any number (both as {@code torch.argmax}); of one column class 1 if its probability is over 0.5.
     *
     * @throws IllegalArgumentException if predictions should be classes and this one is no whole number
     */
    public long predictedClass(int row) {
        return decisions.predictedClass(row);
    }

    /**
     * The {@link #predictedClass} of all rows, decided once for all metrics that ask: at least N elements, not to be changed, the
     * batch's until the next {@link #begin}.
     *
     * @throws IllegalArgumentException if predictions should be classes and one is no whole number
     */
    public long[] decisions() {
        return decisions.all(rows);
    }

    /** Whether the model says yes to a label: if its probability is over 0.5. */
    public boolean predictedLabel(int row, int column) {
        return decisions.predictedLabel(row, column);
    }

    /** A number that is larger the likelier class 1 is; of one column, or of two. */
    public double score(int row) {
        return decisions.score(row);
    }

    /** The probability of class 1, of one column or of two. */
    public double probability(int row) {
        return decisions.probability(row);
    }

    /** The probability of a label, whatever the other labels are. */
    public double labelProbability(int row, int column) {
        return decisions.labelProbability(row, column);
    }

    /**
     * The probabilities of all classes.
     *
     * @param into gets them; of length {@link #predictedClasses()}
     */
    public void probabilities(int row, double[] into) {
        decisions.probabilities(row, into);
    }

    /** Whether there are labels of either kind. */
    public boolean hasLabels() {
        return classes.isSet() || targets.isSet();
    }

    /** Whether the labels are classes; if not, they are targets. */
    public boolean hasClasses() {
        return classes.isSet();
    }

    /** Whether each row has several labels, each of them yes or no. */
    public boolean isMultilabel() {
        return !classes.isSet() && targets.columns() > 1;
    }

    /**
     * The 0-based class of a row; of targets of one column, the number if it is a class.
     *
     * @throws IllegalArgumentException if it isn't a whole number &gt;= 0
     */
    public long classLabel(int row) {
        if (classes.isSet()) {
            return classes.value(row);
        }
        if (!targets.isSet() || targets.columns() != 1) {
            throw NumberColumns.missing("classes");
        }
        double target = targets.value(row, 0);
        long label = (long) target;
        if (label != target) {
            throw new IllegalArgumentException(
                    "Invalid class: " + target + " in row " + row + " of a batch (must be a whole number)");
        }
        return label;
    }

    /**
     * The {@link #classLabel} of all rows: at least N elements, not to be changed, the batch's until the next {@link #begin}.
     *
     * @throws IllegalArgumentException if one isn't a whole number
     */
    public long[] classLabels() {
        if (classes.isSet()) {
            return classes.values();
        }
        long[] labels = classes.room(rows);
        if (targets.isSet() && targets.wholeClasses(rows, labels)) {
            return labels;
        }
        for (int row = 0; row < rows; row++) {
            labels[row] = classLabel(row);
        }
        return labels;
    }

    /** L, the columns of the targets; 1 if labels are classes. */
    public int targetColumns() {
        return classes.isSet() && !targets.isSet() ? 1 : targets.columns();
    }

    /**
     * The columns of predictions and targets, which {@code metric} compares one by one.
     *
     * @throws IllegalArgumentException if there are more of one than of the other
     */
    public int pairedColumns(String metric) {
        int columns = predictions.columns();
        if (targetColumns() != columns) {
            throw new IllegalArgumentException("Cannot compute " + metric
                    + ": targets and predictions differ in columns (" + targetColumns() + ", expected " + columns
                    + ")");
        }
        return columns;
    }

    /** The {@link #prediction}s of all rows, in row order: at least N x C elements, to be used as {@link #rowWeights}. */
    public double[] predictionValues() {
        return predictions.first(rows * predictions.columns());
    }

    /** The {@link #target}s of all rows, in row order: at least N x L elements, to be used as {@link #rowWeights}. */
    public double[] targetValues() {
        return classes.isSet() && !targets.isSet()
                ? Arrays.stream(classLabels(), 0, rows).asDoubleStream().toArray()
                : targets.first(rows * targets.columns());
    }

    /** The target of a row; of classes, the class as a number. */
    public double target(int row, int column) {
        return classes.isSet() && !targets.isSet() ? classLabel(row) : targets.value(row, column);
    }

    /** Whether a row has a label: if its target is at least 0.5. */
    public boolean wantedLabel(int row, int column) {
        return target(row, column) >= 0.5;
    }

    /** Whether the batch has weights; if not, each is 1. */
    public boolean hasWeights() {
        return weights.isSet();
    }

    /** The weight of a row, 1 if the batch has no weights. */
    public double weight(int row) {
        return weights.isSet() ? weights.value(row, 0) : 1;
    }

    /** The {@link #weight} of all rows of a batch that has weights: at least N elements, not to be changed, the batch's until the next {@link #begin}. */
    public double[] rowWeights() {
        return weights.first(rows);
    }

    /** The loss of a row, not weighted. */
    public double loss(int row) {
        return losses.value(row, 0);
    }

    /** What a row belongs to. */
    public String group(int row) {
        if (groups == null) {
            throw NumberColumns.missing("groups");
        }
        return groups.get(row);
    }

    /** What the model has written. */
    public String text(int row) {
        if (texts == null) {
            throw NumberColumns.missing("texts");
        }
        return texts.get(row);
    }

    /** What it should have written: any of these. */
    public List<String> references(int row) {
        if (references == null) {
            throw NumberColumns.missing("texts");
        }
        return references.get(row);
    }
}
