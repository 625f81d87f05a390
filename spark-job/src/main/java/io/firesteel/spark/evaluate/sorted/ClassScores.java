package io.firesteel.spark.evaluate.sorted;

import io.firesteel.spark.ingest.InternalRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/**
 * Scores of one class in order, with the class that each row is of: how well they tell the class from each of the others. One sort, one
 * pass, and of each partition two numbers a class for the driver.
 */
public final class ClassScores {
    private final List<Part> parts;
    private final int wanted;

    private ClassScores(List<Part> parts, int wanted) {
        this.parts = parts;
        this.wanted = wanted;
    }

    /**
     * Sorts.
     *
     * @param scores rows of a score of the wanted class, not -0, of the class that the row is of, and of a weight &gt; 0
     * @param wanted the class that scores are of
     */
    public static ClassScores of(Dataset<Row> scores, int classes, int wanted) {
        Dataset<Row> falling = scores.orderBy(functions.col(scores.columns()[0]).desc());
        return new ClassScores(
                InternalRows.of(falling)
                        .mapPartitions(rows -> Part.of(rows, classes, wanted))
                        .collect(),
                wanted);
    }

    /** How many scores are NaN, which has no place in the order. */
    public long missing() {
        return parts.stream().mapToLong(part -> part.missing).sum();
    }

    /** The weight of rows of a class. */
    public double weight(int ofClass) {
        return parts.stream().mapToDouble(part -> part.weights[ofClass]).sum();
    }

    /**
     * Of pairs of a row of the wanted class and one of another, the share in which the wanted one has the larger score; equal scores count
     * half. NaN if there is no such pair.
     */
    public double rocAuc(int other) {
        double won = 0;
        double above = 0;
        for (Part part : parts) {
            won += part.won[other] + part.weights[other] * above;
            above += part.weights[wanted];
        }
        return won / weight(wanted) / weight(other);
    }

    /** Of a partition. */
    private static final class Part implements Serializable {
        private static final long serialVersionUID = 1;

        private final int wanted;
        private final double[] weights;
        /** For each class, the weight of pairs in which a row of the wanted one has the larger score. */
        private final double[] won;

        private final double[] equal;
        private final int[] touched;
        private int count;
        private long missing;

        private Part(int classes, int wanted) {
            this.wanted = wanted;
            this.weights = new double[classes];
            this.won = new double[classes];
            this.equal = new double[classes];
            this.touched = new int[classes];
        }

        static Iterator<Part> of(Iterator<InternalRow> rows, int classes, int wanted) {
            Part part = new Part(classes, wanted);
            double score = Double.NaN;
            while (rows.hasNext()) {
                InternalRow row = rows.next();
                if (row.getDouble(0) != score) {
                    part.endStep();
                    score = row.getDouble(0);
                }
                part.missing += Double.isNaN(score) ? 1 : 0;
                part.add((int) row.getDouble(1), row.getDouble(2));
            }
            part.endStep();
            return List.of(part).iterator();
        }

        private void add(int ofClass, double weight) {
            if (equal[ofClass] == 0) {
                touched[count++] = ofClass;
            }
            equal[ofClass] += weight;
        }

        private void endStep() {
            double above = weights[wanted] + equal[wanted] / 2;
            for (int i = 0; i < count; i++) {
                won[touched[i]] += equal[touched[i]] * above;
            }
            for (int i = 0; i < count; i++) {
                weights[touched[i]] += equal[touched[i]];
                equal[touched[i]] = 0;
            }
            count = 0;
        }
    }
}
