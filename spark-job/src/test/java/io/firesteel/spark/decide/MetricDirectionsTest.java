package io.firesteel.spark.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.spark.config.PromotionRules.Better;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricDirectionsTest {
    @Test
    void everyMetricIsListedOnce() {
        List<String> listed = new ArrayList<>(MetricDirections.HIGHER);
        listed.addAll(MetricDirections.LOWER);
        listed.addAll(MetricDirections.NEITHER);
        assertThat(listed).containsExactlyInAnyOrderElementsOf(Metrics.names());
    }

    @Test
    void anyNameOfAMetricWillDo() {
        assertThat(MetricDirections.of("auc")).contains(Better.HIGHER);
        assertThat(MetricDirections.of("RMSE")).contains(Better.LOWER);
        assertThat(MetricDirections.of("f1(average=macro)")).contains(Better.HIGHER);
        assertThat(MetricDirections.of("loss")).contains(Better.LOWER);
    }

    @Test
    void formulasAndUndirectedMetricsHaveNone() {
        assertThat(MetricDirections.of("1-accuracy")).isEmpty();
        assertThat(MetricDirections.of("mean")).isEmpty();
        assertThat(MetricDirections.of("mine")).isEmpty();
    }
}
