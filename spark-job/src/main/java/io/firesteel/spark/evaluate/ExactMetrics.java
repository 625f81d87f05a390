package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.engine.metric.set.MetricResults;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.spark.evaluate.sorted.GroupAreas;
import io.firesteel.spark.evaluate.sorted.SortedScores;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The metrics that need all rows in order, exact for any number of rows: Spark sorts them, on disk where memory ends, and no node
 * holds more than a part of bounded size. Metrics that can't be had so, or would refuse the columns, are left to be folded.
 */
final class ExactMetrics {
    private final Dataset<Row> file;
    private final Evaluation.Bound bound;
    private final Evaluation.Look look;
    private final EvaluatedRows rows;

    ExactMetrics(Dataset<Row> file, Evaluation.Bound bound, Evaluation.Look look, EvaluatedRows rows) {
        this.file = file;
        this.bound = bound;
        this.look = look;
        this.rows = rows;
    }

    /** What those of these metrics come to, and why some come to nothing, by the metrics' own names. */
    MetricResults of(MetricSet metrics) {
        ExactResults results = new ExactResults(metrics);
        if (look.rows() > 0 && look.of(bound.weights()).stream().allMatch(weights -> weights.most() > 0)) {
            addTo(results);
        }
        return results.found();
    }

    private void addTo(ExactResults results) {
        new ExactErrors(rows).addTo(results);
        new ExactRanks(rows).addTo(results);
        boolean areas = !results.names("rocAuc").isEmpty()
                || !results.names("averagePrecision").isEmpty();
        if (areas && isOfTwoClasses()) {
            ExactAreas.ofTwoClasses(rows, SortedScores.of(file, score(), positive(), weight()))
                    .addTo(results);
        } else if (areas && isOfColumns()) {
            ExactAreas.ofColumns(rows).addTo(results);
        }
        if (!results.names("aucPerGroup").isEmpty() && isOfTwoClasses()) {
            addGroups(results);
        }
    }

    private boolean isOfTwoClasses() {
        List<NumberStatistics> labels = look.of(bound.labels());
        return bound.predictions().size() <= 2
                && labels.size() == 1
                && (!rows.form().classes() || labels.get(0).isWithin(0, 1));
    }

    /** Whether there is a score for each of several classes or labels. */
    private boolean isOfColumns() {
        int columns = bound.predictions().size();
        if (rows.form().isMultilabel()) {
            return columns == rows.form().targetColumns();
        }
        return columns > 2
                && rows.form().kind() != PredictionKind.CLASSES
                && rows.form().classes()
                && look.of(bound.labels()).get(0).isWithin(0, columns - 1);
    }

    private Column score() {
        return bound.score(rows.form().kind());
    }

    private Column positive() {
        return bound.labels().get(0).value().geq(0.5);
    }

    private Column weight() {
        return bound.weights().isEmpty()
                ? functions.lit(1.0)
                : bound.weights().get(0).value();
    }

    private void addGroups(ExactResults results) {
        GroupAreas areas = GroupAreas.of(file, bound.group().orElseThrow(), score(), positive(), weight());
        results.compute("aucPerGroup", name -> {
            ExactResults.checkOrder(name, areas.missing());
            if (areas.areas() == 0) {
                throw new NotComputableException("Cannot compute " + name
                        + ": no group has positive and negative rows (" + areas.groups()
                        + " groups, expected at least one with both)");
            }
            return MetricValue.of(
                    switch (Metrics.parameters(name).text("average")) {
                        case "mean" -> areas.mean();
                        case "min" -> areas.least();
                        default -> areas.weighted();
                    });
        });
    }
}
