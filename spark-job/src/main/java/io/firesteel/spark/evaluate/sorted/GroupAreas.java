package io.firesteel.spark.evaluate.sorted;

import io.firesteel.spark.ingest.InternalRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The areas under the ROC curves of groups of rows, as the metric {@code aucPerGroup} defines them: Spark sorts by group, then by score, and
 * each group is walked through. Holds neither rows nor groups, however many there are; a group is the work of one task.
 */
public final class GroupAreas {
    private final List<Part> parts;

    private GroupAreas(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Sorts.
     *
     * @param group what a row belongs to, a text
     * @param score larger the likelier a row is of class 1
     * @param positive whether a row is of class 1
     * @param weight &gt;= 0
     */
    public static GroupAreas of(Dataset<Row> file, Column group, Column score, Column positive, Column weight) {
        // Of -0 and 0, which are equal, each must not have its place.
        Column unsigned = functions.when(score.equalTo(0.0), 0.0).otherwise(score);
        Dataset<Row> rows = file.select(
                        group.as("group"), unsigned.as("score"), positive.as("positive"), weight.as("weight"))
                .where(functions.col("weight").gt(0))
                .repartitionByRange(functions.col("group"))
                .sortWithinPartitions("group", "score");
        return new GroupAreas(InternalRows.of(rows).mapPartitions(Part::of).collect());
    }

    /** How many scores are NaN, which has no place in the order. */
    public long missing() {
        return parts.stream().mapToLong(part -> part.missing).sum();
    }

    /** How many groups have rows that weigh anything. */
    public long groups() {
        return parts.stream().mapToLong(part -> part.groups).sum();
    }

    /** How many groups have an area: positive and negative rows. */
    public long areas() {
        return parts.stream().mapToLong(part -> part.areas).sum();
    }

    /** The mean of areas. */
    public double mean() {
        PreciseSum sum = new PreciseSum();
        parts.forEach(part -> sum.add(part.sum));
        return sum.value() / areas();
    }

    /** The mean of areas, weighted with the groups' rows. */
    public double weighted() {
        PreciseSum sum = new PreciseSum();
        PreciseSum weight = new PreciseSum();
        parts.forEach(part -> sum.add(part.weightedSum));
        parts.forEach(part -> weight.add(part.weight));
        return sum.value() / weight.value();
    }

    /** The least area. */
    public double least() {
        return parts.stream().mapToDouble(part -> part.least).min().orElse(Double.POSITIVE_INFINITY);
    }

    /** Sums of a partition. */
    private static final class Part implements Serializable {
        private static final long serialVersionUID = 1;

        private final PreciseSum sum = new PreciseSum();
        private final PreciseSum weightedSum = new PreciseSum();
        private final PreciseSum weight = new PreciseSum();
        private double least = Double.POSITIVE_INFINITY;
        private long groups;
        private long areas;
        private long missing;

        static Iterator<Part> of(Iterator<InternalRow> rows) {
            Part part = new Part();
            UTF8String name = null;
            Area area = new Area();
            while (rows.hasNext()) {
                InternalRow row = rows.next();
                UTF8String next = row.getUTF8String(0);
                if (!next.equals(name)) {
                    part.add(area);
                    area = new Area();
                    name = next.clone();
                    part.groups++;
                }
                part.missing += Double.isNaN(row.getDouble(1)) ? 1 : 0;
                area.add(row.getDouble(1), row.getBoolean(2), row.getDouble(3));
            }
            part.add(area);
            return List.of(part).iterator();
        }

        private void add(Area area) {
            area.endStep();
            if (area.positives > 0 && area.negatives > 0) {
                double value = area.won / area.positives / area.negatives;
                double rows = area.positives + area.negatives;
                sum.add(value);
                weightedSum.addProduct(value, rows);
                weight.add(rows);
                least = Math.min(least, value);
                areas++;
            }
        }
    }

    /** Of rows of a group in order of their scores. */
    private static final class Area {
        private double positives;
        private double negatives;
        private double won;
        private double score;
        private double equalPositives;
        private double equalNegatives;

        void add(double next, boolean positive, double weight) {
            if (next != score) {
                endStep();
                score = next;
            }
            equalPositives += positive ? weight : 0;
            equalNegatives += positive ? 0 : weight;
        }

        void endStep() {
            won += equalPositives * (negatives + equalNegatives / 2);
            positives += equalPositives;
            negatives += equalNegatives;
            equalPositives = 0;
            equalNegatives = 0;
        }
    }
}
