package io.firesteel.engine.metric;

/** The decisions and probabilities that are in a table of predictions: one place for all metrics of classifiers. */
final class Predictions {
    private final NumberColumns values;
    private PredictionKind kind = PredictionKind.LOGITS;
    private long[] decisions = {};
    private boolean decided;

    Predictions(NumberColumns values) {
        this.values = values;
    }

    void kind(PredictionKind newKind) {
        kind = newKind;
        decided = false;
    }

    /** Says that the table isn't the one that was decided on. */
    void forget() {
        decided = false;
    }

    PredictionKind kind() {
        return kind;
    }

    /** How many classes the columns stand for; 0 if they don't say. */
    int classes() {
        return kind == PredictionKind.CLASSES ? 0 : Math.max(2, values.columns());
    }

    long predictedClass(int row) {
        int columns = values.columns();
        if (columns > 1) {
            return values.largest(row);
        }
        double value = values.value(row, 0);
        return switch (kind) {
            case LOGITS -> value > 0 ? 1 : 0;
            case PROBABILITIES -> value > 0.5 ? 1 : 0;
            case CLASSES -> wholeClass(value, row);
        };
    }

    /** The {@link #predictedClass} of rows 0 to {@code rows}, exclusive, in the first elements. */
    long[] all(int rows) {
        if (!decided) {
            if (decisions.length < rows) {
                decisions = new long[rows];
            }
            decide(rows);
            decided = true;
        }
        return decisions;
    }

    private void decide(int rows) {
        if (values.columns() > 1) {
            values.largest(rows, decisions);
        } else if (kind == PredictionKind.CLASSES) {
            decideClasses(rows);
        } else {
            values.above(kind == PredictionKind.LOGITS ? 0 : 0.5f, rows, decisions);
        }
    }

    private void decideClasses(int rows) {
        if (!values.wholeClasses(rows, decisions)) {
            for (int row = 0; row < rows; row++) {
                decisions[row] = wholeClass(values.value(row, 0), row);
            }
        }
    }

    boolean predictedLabel(int row, int column) {
        double value = values.value(row, column);
        return kind == PredictionKind.LOGITS ? value > 0 : value > 0.5;
    }

    /** A number that is larger the likelier class 1 is. */
    double score(int row) {
        if (values.columns() > 2) {
            throw new IllegalStateException("Cannot read scores of class 1: predictions have " + values.columns()
                    + " columns (expected 1 or 2)");
        }
        if (values.columns() == 1) {
            return values.value(row, 0);
        }
        double one = values.value(row, 1);
        return kind == PredictionKind.LOGITS ? one - values.value(row, 0) : one;
    }

    /** The probability of class 1, of one column or two. */
    double probability(int row) {
        double score = score(row);
        return switch (kind) {
            case LOGITS -> sigmoid(score);
            case PROBABILITIES -> score;
            case CLASSES -> throw noProbabilities();
        };
    }

    /** The probability of a label. */
    double labelProbability(int row, int column) {
        double value = values.value(row, column);
        return switch (kind) {
            case LOGITS -> sigmoid(value);
            case PROBABILITIES -> value;
            case CLASSES -> throw noProbabilities();
        };
    }

    void probabilities(int row, double[] into) {
        int columns = values.columns();
        if (into.length != Math.max(2, columns)) {
            throw new IllegalArgumentException("Invalid length of probabilities: " + into.length + " (must be "
                    + Math.max(2, columns) + ", one per class)");
        }
        if (columns == 1) {
            into[1] = probability(row);
            into[0] = 1 - into[1];
            return;
        }
        for (int column = 0; column < columns; column++) {
            into[column] = values.value(row, column);
        }
        switch (kind) {
            case LOGITS -> softmax(into);
            case PROBABILITIES -> {}
            case CLASSES -> throw noProbabilities();
        }
    }

    private static void softmax(double[] values) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            max = Math.max(max, value);
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(values[i] - max);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
    }

    private static long wholeClass(double value, int row) {
        long whole = (long) value;
        if (whole != value || whole < 0) {
            throw new IllegalArgumentException("Invalid predicted class: " + value + " in row " + row
                    + " of a batch (must be a whole number >= 0; say whether predictions are logits or probabilities)");
        }
        return whole;
    }

    private static double sigmoid(double logit) {
        return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
    }

    private static IllegalStateException noProbabilities() {
        return new IllegalStateException(
                "Cannot read probabilities: the predictions are classes (expected probabilities or logits)");
    }
}
