package io.firesteel.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricParameterTest {
    private static final MetricKind KIND = new MetricKind(
            "made",
            List.of(),
            Set.of(),
            List.of(
                    MetricParameter.integer("k", 5, 1, 100, "how many"),
                    MetricParameter.number("beta", 1.0, 0, Double.MAX_VALUE, "weight of recall"),
                    MetricParameter.choice("average", List.of("macro", "micro"), "over classes"),
                    MetricParameter.flag("strict", false, "whether"),
                    MetricParameter.integer("classes", null, 2, 1000, "known number of classes")),
            "made up",
            parameters -> new Named(parameters.metricName()));

    @Test
    void nameHasWhatIsNotAtItsDefault() {
        assertThat(KIND.create().name()).isEqualTo("made");
        assertThat(KIND.create(Map.of("average", "macro", "k", "5", "beta", 1)).name())
                .isEqualTo("made");
        assertThat(KIND.create(Map.of("strict", "TRUE", "beta", "0.5", "k", 3, "classes", 4, "average", "Micro"))
                        .name())
                .isEqualTo("made(k=3,beta=0.5,average=micro,strict=true,classes=4)");
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertRefused("k", 0, "Invalid k: 0 (must be a whole number in [1, 100])");
        assertRefused("k", "2.5", "Invalid k: 2.5 (must be a whole number in [1, 100])");
        assertRefused("k", "many", "Invalid k: many (must be a whole number in [1, 100])");
        assertRefused("average", "mean", "Invalid average: mean (must be one of [macro, micro])");
        assertRefused("strict", 1, "Invalid strict: 1 (must be true or false)");
    }

    @Test
    void unknownParameterIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KIND.create(Map.of("top", 1)))
                .withMessage("Cannot set metric made: unknown parameter (top, expected one of [k, beta, average,"
                        + " strict, classes])");
    }

    @Test
    void metricOfAnotherNameIsABug() {
        MetricKind wrong = new MetricKind("made", List.of(), Set.of(), List.of(), "made up", p -> new Named("other"));
        assertThatIllegalStateException()
                .isThrownBy(wrong::create)
                .withMessage("Cannot make metric made: it calls itself other (expected the name of its parameters)");
    }

    private static void assertRefused(String name, Object value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KIND.create(Map.of(name, value)))
                .withMessage("Cannot set metric made: " + message);
    }

    private static final class Named extends SumsMetric {
        Named(String name) {
            super(name, 0);
        }

        @Override
        protected void add(Sums state, MetricInput input, int row, double weight) {}

        @Override
        protected MetricValue value(Sums state) {
            return MetricValue.of(state.weight());
        }
    }
}
