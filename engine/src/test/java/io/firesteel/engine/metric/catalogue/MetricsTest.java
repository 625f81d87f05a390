package io.firesteel.engine.metric.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
    @ParameterizedTest
    @MethodSource("io.firesteel.engine.metric.catalogue.Metrics#kinds")
    void everyKindMakesAMetricOfItsName(MetricKind kind) {
        assertThat(kind.create().name()).isEqualTo(kind.name());
        assertThat(kind.meaning()).isNotBlank();
    }

    /** Each golden file is read by MetricLaws, so no metric is without one. */
    @ParameterizedTest
    @MethodSource("io.firesteel.engine.metric.catalogue.Metrics#kinds")
    void everyMetricHasGoldenBytes(MetricKind kind) {
        String file = kind.create().stateName().replaceAll("[^A-Za-z0-9.=-]", "_");
        assertThat(MetricsTest.class.getResource("/golden/metric/" + file + "-v1.hex"))
                .isNotNull();
    }

    @Test
    void namesAreThoseOfAnySpelling() {
        assertThat(Metrics.of("Accuracy").name()).isEqualTo("accuracy");
        assertThat(Metrics.of(" acc ( ) ").name()).isEqualTo("accuracy");
        assertThat(Metrics.kind("AC_C")).isSameAs(Metrics.kind("accuracy"));
    }

    @Test
    void stateOfAnotherMetricIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metrics.of("accuracy").fromBytes(zero(Metrics.of("loss"))))
                .withMessage("Cannot read state of metric accuracy: state of another metric (loss, expected accuracy)");
    }

    private static <S> byte[] zero(Metric<S> metric) {
        return metric.toBytes(metric.zero());
    }

    @Test
    void unknownNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metrics.of("acuracy"))
                .withMessageStartingWith("Invalid metric: acuracy (must be one of [loss, ");
    }

    @Test
    void unknownParameterIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metrics.of("loss(k=3)"))
                .withMessage("Cannot set metric loss: unknown parameter (k, expected one of [])");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "loss(", "loss)", "loss(k)", "loss(k=1,k=2)", "loss(=1)", "loss(,)", "a b"})
    void textThatIsNoMetricIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metrics.of(text))
                .withMessage("Invalid metric: " + text
                        + " (must be a name, or name(parameter=value, ...) with each parameter once)");
    }
}
