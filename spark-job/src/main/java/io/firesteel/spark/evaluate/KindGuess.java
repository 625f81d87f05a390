package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.PredictionKind;
import java.util.List;

/**
 * Says what predictions are by their values: whole numbers &gt;= 0 in one column are classes, numbers in [0, 1] are probabilities,
 * any others logits (or the values of a regression, which doesn't ask).
 */
final class KindGuess {
    private KindGuess() {}

    /**
     * What predictions are.
     *
     * @param predictions of each column
     * @param labels of each column
     */
    static PredictionKind of(List<NumberStatistics> predictions, List<NumberStatistics> labels) {
        boolean within = !predictions.isEmpty() && predictions.stream().allMatch(column -> column.isWithin(0, 1));
        boolean decided = predictions.size() > 1
                ? within && labels.size() > 1 && isWritten(predictions)
                : isClasses(predictions, labels);
        if (decided) {
            return PredictionKind.CLASSES;
        }
        return within ? PredictionKind.PROBABILITIES : PredictionKind.LOGITS;
    }

    private static boolean isWritten(List<NumberStatistics> columns) {
        return columns.stream().allMatch(NumberStatistics::writtenWhole);
    }

    /** A 0.0 or 1.0 among fractions' kin is a probability, for which there is more to compute, unless labels have more classes. */
    private static boolean isClasses(List<NumberStatistics> predictions, List<NumberStatistics> labels) {
        if (predictions.isEmpty()
                || !predictions.get(0).whole()
                || !(predictions.get(0).least() >= 0)) {
            return false;
        }
        boolean binary = predictions.get(0).isWithin(0, 1) && labels.stream().allMatch(label -> label.isWithin(0, 1));
        return predictions.get(0).writtenWhole() || !binary;
    }
}
