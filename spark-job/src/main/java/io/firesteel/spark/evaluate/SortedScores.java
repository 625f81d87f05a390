package io.firesteel.spark.evaluate;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/**
 * Scores of two classes in order, over partitions: Spark adds the weights of equal scores and sorts the rest, spilling to disk where
 * memory ends, and of a partition the driver gets three sums. So areas under curves are exact for any number of rows, where a metric's
 * state would have to hold each of them.
 *
 * <p>Sums of weights are exact for counts; fractions may differ in the last bits from run to run, as Spark adds them in the order in
 * which they arrive.
 */
final class SortedScores {
    private static final String SCORE = "score";
    private static final String WEIGHT = "weight";

    private final JavaRDD<InternalRow> rows;
    /** One for each partition, in their order. */
    private final List<Part> parts;

    private SortedScores(JavaRDD<InternalRow> rows, List<Part> parts) {
        this.rows = rows;
        this.parts = parts;
    }

    /**
     * Sorts.
     *
     * @param positive whether a row is of class 1
     * @param weight &gt;= 0
     * @return empty if a class has no weight, or a score is NaN: there are no such areas
     */
    static Optional<SortedScores> of(Dataset<Row> file, Column score, Column positive, Column weight) {
        Dataset<Row> steps = file.select(score.as(SCORE), positive.as("positive"), weight.as(WEIGHT))
                .where(functions.col(WEIGHT).gt(0))
                .groupBy(SCORE)
                .agg(
                        functions.sum(functions
                                .when(functions.col("positive"), functions.col(WEIGHT))
                                .otherwise(0.0)),
                        functions.sum(
                                functions.when(functions.col("positive"), 0.0).otherwise(functions.col(WEIGHT))))
                .orderBy(SCORE);
        JavaRDD<InternalRow> rows = Evaluation.internalRows(steps).toJavaRDD();
        List<Part> parts = rows.mapPartitionsWithIndex(SortedScores::part, false).collect().stream()
                .sorted(Comparator.comparingInt(Part::index))
                .toList();
        SortedScores sorted = new SortedScores(rows, parts);
        boolean defined = parts.stream().noneMatch(Part::unordered) && sorted.positives() > 0 && sorted.negatives() > 0;
        return defined ? Optional.of(sorted) : Optional.empty();
    }

    private double positives() {
        return parts.stream().mapToDouble(Part::positives).sum();
    }

    private double negatives() {
        return parts.stream().mapToDouble(Part::negatives).sum();
    }

    /** The share of pairs of a positive and a negative row in which the positive one has the larger score; equal scores count half. */
    double rocAuc() {
        double negativesBelow = 0;
        double won = 0;
        for (Part part : parts) {
            won += part.won() + part.positives() * negativesBelow;
            negativesBelow += part.negatives();
        }
        return won / positives() / negatives();
    }

    /** The mean over positive rows of the precision among rows with at least their score. Reads the sorted rows once more. */
    double averagePrecision() {
        double[] positives = new double[parts.size()];
        double[] negatives = new double[parts.size()];
        double positivesFrom = 0;
        double negativesFrom = 0;
        for (int i = parts.size() - 1; i >= 0; i--) {
            positivesFrom += parts.get(i).positives();
            negativesFrom += parts.get(i).negatives();
            positives[i] = positivesFrom;
            negatives[i] = negativesFrom;
        }
        double sum = rows
                .mapPartitionsWithIndex(
                        (index, steps) -> List.of(precisions(steps, positives[index], negatives[index]))
                                .iterator(),
                        false)
                .collect()
                .stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        return sum / positives();
    }

    private static Iterator<Part> part(int index, Iterator<InternalRow> steps) {
        double positives = 0;
        double negatives = 0;
        double won = 0;
        boolean unordered = false;
        while (steps.hasNext()) {
            InternalRow step = steps.next();
            double p = step.getDouble(1);
            double n = step.getDouble(2);
            unordered |= Double.isNaN(step.getDouble(0));
            won += p * (negatives + n / 2);
            positives += p;
            negatives += n;
        }
        return List.of(new Part(index, positives, negatives, won, unordered)).iterator();
    }

    /** The sum over positive rows, where so much weight has at least the partition's least score. */
    private static double precisions(Iterator<InternalRow> steps, double positivesFrom, double negativesFrom) {
        double positives = positivesFrom;
        double negatives = negativesFrom;
        double sum = 0;
        while (steps.hasNext()) {
            InternalRow step = steps.next();
            double p = step.getDouble(1);
            sum += p == 0 ? 0 : p * (positives / (positives + negatives));
            positives -= p;
            negatives -= step.getDouble(2);
        }
        return sum;
    }

    /**
     * Sums of a partition.
     *
     * @param won weight of its pairs, of a positive and a negative row, in which the positive one has the larger score
     * @param unordered whether a score is NaN
     */
    private record Part(int index, double positives, double negatives, double won, boolean unordered)
            implements Serializable {}
}
