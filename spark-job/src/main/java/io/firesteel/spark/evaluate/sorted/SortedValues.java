package io.firesteel.spark.evaluate.sorted;

import io.firesteel.spark.ingest.InternalRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Values with weights in order, over partitions, for quantiles of any number of them. The driver gets the weight of each partition; a
 * quantile then reads the one partition in which it lies. Neither holds values.
 */
public final class SortedValues {
    /** Shares closer than this are equal, as for the metrics that hold all values: sums of weights are rounded. */
    private static final double ROUNDING = 1e-15;

    private final JavaRDD<InternalRow> rows;
    /** One for each partition, in their order. */
    private final List<Part> parts;

    private SortedValues(JavaRDD<InternalRow> rows, List<Part> parts) {
        this.rows = rows;
        this.parts = parts;
    }

    /**
     * Sorts.
     *
     * @param values rows of a value, not -0, and its weight, &gt; 0
     */
    public static SortedValues of(Dataset<Row> values) {
        JavaRDD<InternalRow> rows = InternalRows.of(values.orderBy(values.columns()[0]));
        return new SortedValues(rows, rows.mapPartitions(Part::of).collect());
    }

    /** How many values are NaN, which has no place in the order. */
    public long missing() {
        return parts.stream().mapToLong(part -> part.missing).sum();
    }

    /** The weight of all values. */
    public double weight() {
        PreciseSum weight = new PreciseSum();
        parts.forEach(part -> weight.add(part.weight));
        return weight.value();
    }

    /**
     * The least value with a share of at least q of the weight up to it; if that share is q exactly, the mean of it and the next one, so that
     * a median of an even number of values is the mean of the middle two (NumPy's {@code averaged_inverted_cdf}).
     *
     * @param q in [0, 1]
     * @throws IllegalStateException if there are no values
     */
    public double quantile(double q) {
        double wanted = q * weight();
        double tolerance = ROUNDING * weight();
        PreciseSum below = new PreciseSum();
        for (int i = 0; i < parts.size(); i++) {
            PreciseSum upTo = PreciseSum.of();
            upTo.add(below);
            upTo.add(parts.get(i).weight);
            if (!parts.get(i).isEmpty()
                    && (upTo.value() >= wanted - tolerance || firstAfter(i).isEmpty())) {
                return quantileIn(i, below, wanted, tolerance);
            }
            below = upTo;
        }
        throw new IllegalStateException("Cannot compute a quantile: there are no values");
    }

    /** The first partition with values after one. */
    private List<Part> firstAfter(int part) {
        return parts.subList(part + 1, parts.size()).stream()
                .filter(later -> !later.isEmpty())
                .limit(1)
                .toList();
    }

    private double quantileIn(int part, PreciseSum below, double wanted, double tolerance) {
        double[] found = rows.mapPartitionsWithIndex(
                        (index, values) -> index == part
                                ? List.of(walk(values, below, wanted - tolerance))
                                        .iterator()
                                : List.<double[]>of().iterator(),
                        false)
                .collect()
                .get(0);
        double value = found[0];
        double next = found[2];
        if (Double.isNaN(next) && !firstAfter(part).isEmpty()) {
            next = firstAfter(part).get(0).first;
        }
        boolean shared = Math.abs(found[1] - wanted) <= tolerance && !Double.isNaN(next);
        return shared ? (value + next) / 2 : value;
    }

    /** The first value up to which there is enough weight, or the last one; that weight; and the next value, NaN if it isn't here. */
    private static double[] walk(Iterator<InternalRow> values, PreciseSum below, double enough) {
        PreciseSum sum = below.times(1);
        double value = Double.NaN;
        while (values.hasNext()) {
            InternalRow row = values.next();
            double next = row.getDouble(0);
            if (next != value && !Double.isNaN(value) && sum.value() >= enough) {
                return new double[] {value, sum.value(), next};
            }
            value = next;
            sum.add(row.getDouble(1));
        }
        return new double[] {value, sum.value(), Double.NaN};
    }

    /** Of a partition. */
    private static final class Part implements Serializable {
        private static final long serialVersionUID = 1;

        private final PreciseSum weight = new PreciseSum();
        private double first = Double.NaN;
        private long rows;
        private long missing;

        static Iterator<Part> of(Iterator<InternalRow> values) {
            Part part = new Part();
            while (values.hasNext()) {
                part.add(values.next());
            }
            return List.of(part).iterator();
        }

        private void add(InternalRow row) {
            double value = row.getDouble(0);
            first = rows == 0 ? value : first;
            rows++;
            missing += Double.isNaN(value) ? 1 : 0;
            weight.add(row.getDouble(1));
        }

        boolean isEmpty() {
            return rows == 0;
        }
    }
}
