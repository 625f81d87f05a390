package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.spark.evaluate.RowReader.ErrorSize;
import io.firesteel.spark.evaluate.sorted.MeanLog;
import io.firesteel.spark.evaluate.sorted.PairTotals;
import io.firesteel.spark.evaluate.sorted.SortedValues;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Medians, other quantiles and geometric means of errors; errors of one size are sorted once. */
final class ExactErrors {
    private final EvaluatedRows rows;
    private final Map<ErrorSize, List<SortedValues>> sorted = new EnumMap<>(ErrorSize.class);

    ExactErrors(EvaluatedRows rows) {
        this.rows = rows;
    }

    void addTo(ExactResults results) {
        int columns = rows.form().predictions();
        // Of unequal columns, and of several where only one is allowed, the metric itself tells what is wrong.
        if (columns != rows.form().targetColumns()) {
            return;
        }
        results.compute("medianAbsoluteError", name -> quantile(name, ErrorSize.ABSOLUTE, 0.5));
        results.compute(
                "absoluteErrorQuantile",
                name -> quantile(
                        name, ErrorSize.ABSOLUTE, Metrics.parameters(name).number("q")));
        results.compute("medianAbsolutePercentageError", name -> quantile(name, ErrorSize.PERCENT, 0.5));
        if (columns == 1) {
            results.compute(
                    "medianRelativeAbsoluteError",
                    name -> finite(name, SortedValues.of(relative(name)).quantile(0.5)));
            results.compute("geometricMeanRelativeAbsoluteError", name -> finite(name, MeanLog.of(relative(name))));
        }
    }

    private MetricValue quantile(String name, ErrorSize size, double q) {
        List<SortedValues> columns = sorted.computeIfAbsent(size, this::sorted);
        ExactResults.checkOrder(
                name, columns.stream().mapToLong(SortedValues::missing).sum());
        double value = 0;
        for (SortedValues column : columns) {
            value += column.quantile(q) / columns.size();
        }
        if (Double.isInfinite(value)) {
            throw new NotComputableException("Cannot compute " + name + ": errors of " + q
                    + " of the rows aren't bounded (" + value + ", expected a number)");
        }
        return MetricValue.of(value);
    }

    private List<SortedValues> sorted(ErrorSize size) {
        List<SortedValues> columns = new ArrayList<>();
        for (int column = 0; column < rows.form().predictions(); column++) {
            columns.add(SortedValues.of(rows.derived(RowReader.ofError(size, column), "error", "weight")));
        }
        return columns;
    }

    private Dataset<Row> relative(String name) {
        double meanTarget = PairTotals.meanOfY(name, rows.pairs());
        return rows.derived(RowReader.ofRelativeError(meanTarget), "error", "weight");
    }

    private static MetricValue finite(String name, double value) {
        if (!(value < Double.POSITIVE_INFINITY)) {
            throw new NotComputableException("Cannot compute " + name + ": too many targets are equal to their mean ("
                    + value + ", expected a number)");
        }
        return MetricValue.of(value);
    }
}
