package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.spark.evaluate.sorted.ClassScores;
import io.firesteel.spark.evaluate.sorted.SortedScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.functions;

/**
 * Areas under curves. Of two classes there is one column of scores; of more, or of several labels, one for each, sorted one
 * after the other, and averaged as the metric says.
 */
final class ExactAreas {
    private static final String[] COLUMNS = {"score", "positive", "weight"};

    private final EvaluatedRows rows;
    private final int count;
    private final List<SortedScores> sorted = new ArrayList<>();
    private final List<ClassScores> ofClasses = new ArrayList<>();
    private SortedScores pooled;

    private ExactAreas(EvaluatedRows rows, int count) {
        this.rows = rows;
        this.count = count;
    }

    /** Of two classes whose scores are sorted already, or are to be. */
    static ExactAreas ofTwoClasses(EvaluatedRows rows, SortedScores scores) {
        ExactAreas areas = new ExactAreas(rows, 1);
        areas.sorted.add(scores);
        return areas;
    }

    /** Of more classes, the labels being some of them, or of several labels for each row. */
    static ExactAreas ofColumns(EvaluatedRows rows) {
        return new ExactAreas(rows, rows.form().predictions());
    }

    void addTo(ExactResults results) {
        results.compute("rocAuc", name -> {
            MetricParameters parameters = Metrics.parameters(name);
            boolean pairs = parameters.text("multiclass").equals("ovo")
                    && count > 1
                    && !rows.form().isMultilabel();
            return pairs
                    ? ofPairs(name, parameters.text("average"))
                    : value(name, parameters.text("average"), scores -> roc(name, scores));
        });
        results.compute(
                "averagePrecision",
                name -> value(
                        name,
                        Metrics.parameters(name).text("average"),
                        scores -> scores.positives() == 0 ? 0 : scores.averagePrecision()));
    }

    private MetricValue value(String name, String average, ToDoubleFunction<SortedScores> area) {
        List<SortedScores> columns = count > 1 && average.equals("micro") ? List.of(pooled()) : columns();
        ExactResults.checkOrder(
                name, columns.stream().mapToLong(SortedScores::missing).sum());
        double[] areas = columns.stream().mapToDouble(area).toArray();
        if (count > 1 && average.equals("none")) {
            return MetricValue.of(areas);
        }
        return mean(
                areas,
                columns.stream()
                        .mapToDouble(column -> average.equals("weighted") ? column.positives() : 1)
                        .toArray());
    }

    private static MetricValue mean(double[] areas, double[] weights) {
        if (areas.length == 1) {
            return MetricValue.of(areas[0]);
        }
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < areas.length; i++) {
            sum += weights[i] * areas[i];
            weight += weights[i];
        }
        return MetricValue.of(weight == 0 ? 0 : sum / weight);
    }

    private static double roc(String name, SortedScores scores) {
        checkPairs(name, scores.positives(), scores.negatives());
        return scores.rocAuc();
    }

    private static void checkPairs(String name, double positives, double negatives) {
        if (positives == 0 || negatives == 0) {
            throw new NotComputableException("Cannot compute " + name + ": no pair of a positive and a negative row"
                    + " (weights " + positives + " and " + negatives + ", expected both > 0)");
        }
    }

    private List<SortedScores> columns() {
        while (sorted.size() < count) {
            sorted.add(sorted(sorted.size(), sorted.size() + 1));
        }
        return sorted;
    }

    private SortedScores pooled() {
        if (pooled == null) {
            pooled = sorted(0, count);
        }
        return pooled;
    }

    private SortedScores sorted(int from, int to) {
        RowReader reader = rows.form().isMultilabel() ? RowReader.ofLabels(from, to) : RowReader.ofClasses(from, to);
        return SortedScores.of(
                rows.derived(reader, COLUMNS),
                functions.col("score"),
                functions.col("positive").gt(0),
                functions.col("weight"));
    }

    /** The mean over pairs of classes of the areas by the scores of the one and of the other. */
    private MetricValue ofPairs(String name, String average) {
        while (ofClasses.size() < count) {
            int ofClass = ofClasses.size();
            ofClasses.add(ClassScores.of(
                    rows.derived(RowReader.ofClass(ofClass), "score", "class", "weight"), count, ofClass));
        }
        ExactResults.checkOrder(
                name, ofClasses.stream().mapToLong(ClassScores::missing).sum());
        double[] areas = new double[count * (count - 1) / 2];
        double[] weights = new double[areas.length];
        Arrays.fill(weights, 1);
        int pair = 0;
        for (int a = 0; a < count; a++) {
            for (int b = a + 1; b < count; b++) {
                checkPairs(name, ofClasses.get(a).weight(a), ofClasses.get(a).weight(b));
                areas[pair] = (ofClasses.get(a).rocAuc(b) + ofClasses.get(b).rocAuc(a)) / 2;
                weights[pair] = average.equals("weighted")
                        ? ofClasses.get(a).weight(a) + ofClasses.get(a).weight(b)
                        : 1;
                pair++;
            }
        }
        return mean(areas, weights);
    }
}
