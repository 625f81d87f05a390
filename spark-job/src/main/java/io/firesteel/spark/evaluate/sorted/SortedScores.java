package io.firesteel.spark.evaluate.sorted;

import io.firesteel.spark.ingest.InternalRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
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
public final class SortedScores {
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
     * @param score larger the likelier a row is of class 1
     * @param positive whether a row is of class 1
     * @param weight &gt;= 0
     */
    public static SortedScores of(Dataset<Row> file, Column score, Column positive, Column weight) {
        Dataset<Row> steps = file.select(score.as(SCORE), positive.as("positive"), weight.as(WEIGHT))
                .where(functions.col(WEIGHT).gt(0))
                .groupBy(SCORE)
                .agg(
                        functions.sum(functions
                                .when(functions.col("positive"), functions.col(WEIGHT))
                                .otherwise(0.0)),
                        functions.sum(
                                functions.when(functions.col("positive"), 0.0).otherwise(functions.col(WEIGHT))),
                        functions.count_if(functions.isnan(functions.col(SCORE))))
                .orderBy(SCORE);
        JavaRDD<InternalRow> rows = InternalRows.of(steps);
        return new SortedScores(rows, rows.mapPartitions(Part::of).collect());
    }

    /** How many scores are NaN, which has no place in the order. */
    public long missing() {
        return parts.stream().mapToLong(part -> part.missing).sum();
    }

    /** The weight of rows of class 1. */
    public double positives() {
        return parts.stream().mapToDouble(part -> part.positives).sum();
    }

    /** The weight of other rows. */
    public double negatives() {
        return parts.stream().mapToDouble(part -> part.negatives).sum();
    }

    /**
     * The share of pairs of a positive and a negative row in which the positive one has the larger score; equal scores count half. NaN
     * if there is no such pair.
     */
    public double rocAuc() {
        double negativesBelow = 0;
        double won = 0;
        for (Part part : parts) {
            won += part.won + part.positives * negativesBelow;
            negativesBelow += part.negatives;
        }
        return won / positives() / negatives();
    }

    /** The mean over positive rows of the precision among rows with at least their score, NaN if there are none. Reads the sorted rows once more. */
    public double averagePrecision() {
        double[] positives = new double[parts.size()];
        double[] negatives = new double[parts.size()];
        double positivesFrom = 0;
        double negativesFrom = 0;
        for (int i = parts.size() - 1; i >= 0; i--) {
            positivesFrom += parts.get(i).positives;
            negativesFrom += parts.get(i).negatives;
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

    /** Sums of a partition. */
    private static final class Part implements Serializable {
        private static final long serialVersionUID = 1;

        private double positives;
        private double negatives;
        /** The weight of pairs of a positive and a negative row in which the positive one has the larger score. */
        private double won;

        private long missing;

        static Iterator<Part> of(Iterator<InternalRow> steps) {
            Part part = new Part();
            while (steps.hasNext()) {
                part.add(steps.next());
            }
            return List.of(part).iterator();
        }

        private void add(InternalRow step) {
            double p = step.getDouble(1);
            double n = step.getDouble(2);
            won += p * (negatives + n / 2);
            positives += p;
            negatives += n;
            missing += step.getLong(3);
        }
    }
}
