package io.firesteel.spark.evaluate.sorted;

import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.spark.ingest.InternalRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** The weighted mean of the second number of pairs; needs no order. */
public final class PairTotals implements Serializable {
    private static final long serialVersionUID = 1;

    private final PreciseSum sum = new PreciseSum();
    private final PreciseSum weight = new PreciseSum();
    private double unbounded;
    private long missing;

    private PairTotals() {}

    /**
     * Of rows of x, y and a weight &gt; 0.
     *
     * @param metric for the message
     * @throws NotComputableException if there is a NaN among x or y
     */
    public static double meanOfY(String metric, Dataset<Row> pairs) {
        PairTotals all = new PairTotals();
        InternalRows.of(pairs).mapPartitions(PairTotals::part).collect().forEach(all::add);
        UnorderedPairs.check(metric, all.missing);
        return (all.sum.value() + all.unbounded) / all.weight.value();
    }

    private static Iterator<PairTotals> part(Iterator<InternalRow> rows) {
        PairTotals part = new PairTotals();
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            part.add(row.getDouble(0), row.getDouble(1), row.getDouble(2));
        }
        return List.of(part).iterator();
    }

    private void add(double x, double y, double rowWeight) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            missing++;
            return;
        }
        weight.add(rowWeight);
        if (Double.isInfinite(y)) {
            unbounded += y;
        } else {
            sum.addProduct(y, rowWeight);
        }
    }

    private void add(PairTotals other) {
        sum.add(other.sum);
        weight.add(other.weight);
        unbounded += other.unbounded;
        missing += other.missing;
    }
}
