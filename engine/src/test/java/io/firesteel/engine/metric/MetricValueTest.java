package io.firesteel.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricValueTest {
    @Test
    void numberIsItself() {
        assertThat(MetricValue.of(0.5).number()).isEqualTo(0.5);
        assertThat(MetricValue.of(0.5).flatten("f1")).containsExactly(Map.entry("f1", 0.5));
    }

    @Test
    void numbersThatAreNotExactTellTheirError() {
        assertThat(MetricValue.bounded(0.5, 0.01).number()).isEqualTo(0.5);
        assertThat(MetricValue.bounded(0.5, 0.01).flatten("auc"))
                .containsExactly(Map.entry("auc", 0.5), Map.entry("auc.errorBound", 0.01));
        assertThat(MetricValue.estimated(0.5, 0.01).flatten("tau"))
                .containsExactly(Map.entry("tau", 0.5), Map.entry("tau.standardError", 0.01));
        assertThat(MetricValue.bounded(0.5, 0).flatten("")).containsKeys("", "errorBound");
    }

    @Test
    void partsHaveNames() {
        Map<String, MetricValue> fields = new LinkedHashMap<>();
        fields.put("recall", MetricValue.of(new double[] {1, 2}));
        fields.put("table", MetricValue.of(new double[][] {{3}, {4}}));
        assertThat(MetricValue.of(fields).flatten("report"))
                .containsExactly(
                        Map.entry("report.recall[0]", 1.0),
                        Map.entry("report.recall[1]", 2.0),
                        Map.entry("report.table[0][0]", 3.0),
                        Map.entry("report.table[1][0]", 4.0));
        assertThat(MetricValue.of(fields).flatten("")).containsKey("recall[0]");
    }

    @Test
    void severalNumbersAreNotOne() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MetricValue.of(new double[] {1, 2}).number())
                .withMessage("Cannot read a metric's value as a number: it is a vector of 2 numbers"
                        + " (expected a metric of one number, or one of its parts by name)");
    }
}
