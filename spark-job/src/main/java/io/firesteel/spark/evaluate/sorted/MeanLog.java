package io.firesteel.spark.evaluate.sorted;

import io.firesteel.spark.ingest.InternalRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** The geometric mean of values with weights; needs no order. */
public final class MeanLog implements Serializable {
    private static final long serialVersionUID = 1;

    private final PreciseSum logs = new PreciseSum();
    private final PreciseSum weight = new PreciseSum();
    private long zeros;
    private long unbounded;

    private MeanLog() {}

    /**
     * Of rows of a value &gt;= 0 and a weight &gt; 0.
     *
     * @return 0 if a value is 0, infinite if one is infinite or NaN, and NaN if there are both
     */
    public static double of(Dataset<Row> values) {
        MeanLog all = new MeanLog();
        InternalRows.of(values).mapPartitions(MeanLog::part).collect().forEach(all::add);
        if (all.unbounded > 0) {
            return all.zeros > 0 ? Double.NaN : Double.POSITIVE_INFINITY;
        }
        return all.zeros > 0 ? 0 : Math.exp(all.logs.value() / all.weight.value());
    }

    private static Iterator<MeanLog> part(Iterator<InternalRow> rows) {
        MeanLog part = new MeanLog();
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            part.add(row.getDouble(0), row.getDouble(1));
        }
        return List.of(part).iterator();
    }

    private void add(double value, double rowWeight) {
        weight.add(rowWeight);
        if (value > 0 && value < Double.POSITIVE_INFINITY) {
            logs.addProduct(Math.log(value), rowWeight);
        } else if (value == 0) {
            zeros++;
        } else {
            unbounded++;
        }
    }

    private void add(MeanLog other) {
        logs.add(other.logs);
        weight.add(other.weight);
        zeros += other.zeros;
        unbounded += other.unbounded;
    }
}
