package io.firesteel.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsTest {
    @Test
    void namesAreThoseOfTheDocumentation() {
        assertThat(Metrics.names()).containsExactly("loss", "accuracy");
    }

    @ParameterizedTest
    @MethodSource("io.firesteel.engine.metric.Metrics#names")
    void everyNameGivesItsMetric(String name) {
        assertThat(Metrics.byName(name).name()).isEqualTo(name);
    }

    /** Each golden file is read by a subclass of MetricLaws, so no metric is without one. */
    @ParameterizedTest
    @MethodSource("io.firesteel.engine.metric.Metrics#names")
    void everyMetricHasGoldenBytes(String name) {
        assertThat(MetricsTest.class.getResource("/golden/metric/" + name + "-v1.hex"))
                .isNotNull();
    }

    @Test
    void stateOfAnotherMetricIsRefused() {
        LossMetric loss = new LossMetric();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AccuracyMetric().fromBytes(loss.toBytes(loss.zero())))
                .withMessage("Cannot read state of metric accuracy: state of another metric (loss, expected accuracy)");
    }

    @Test
    void unknownNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metrics.byName("acuracy"))
                .withMessage("Invalid metric: acuracy (must be one of [loss, accuracy])");
    }
}
