package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.spark.evaluate.sorted.PairOrder;
import io.firesteel.spark.evaluate.sorted.RankCorrelation;

/** Correlations of the ranks of predictions and targets. */
final class ExactRanks {
    private final EvaluatedRows rows;

    ExactRanks(EvaluatedRows rows) {
        this.rows = rows;
    }

    void addTo(ExactResults results) {
        // Of several columns the metric itself tells what is wrong.
        if (Math.max(rows.form().predictions(), rows.form().targetColumns()) != 1) {
            return;
        }
        results.compute("spearman", name -> MetricValue.of(RankCorrelation.of(name, rows.pairs())));
        results.compute("kendall", this::kendall);
    }

    private MetricValue kendall(String name) {
        PairOrder order = PairOrder.of(name, rows.pairs());
        boolean square = Metrics.parameters(name).text("variant").equals("b");
        return MetricValue.of(square ? order.tauB() : order.tauC());
    }
}
