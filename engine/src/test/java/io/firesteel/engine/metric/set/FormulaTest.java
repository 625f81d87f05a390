package io.firesteel.engine.metric.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
    private static final Map<String, Metric<?>> OWN =
            Map.of("m0", fixed("m0", 1), "m1", fixed("m1", 10), "m2", fixed("m2", 100));

    private static Metric<?> fixed(String name, double value) {
        return new FixedMetric(name, MetricValue.of(value));
    }

    private static double value(String formula) {
        MetricSet set = MetricSet.of(OWN, List.of("x=" + formula));
        MetricStates states = set.zero();
        states.update(new MetricInput().begin(1));
        return set.compute(states).values().get("x").number();
    }

    /** What Ignite's test_arithmetics asserts of metrics of 1, 10 and 100. */
    @ParameterizedTest
    @CsvSource({
        "m0+m1, 11",
        "m2+2, 102",
        "2+m2, 102",
        "m0-m1, -9",
        "2-m2, -98",
        "m0*m1, 10",
        "2*m2, 200",
        "m2**2, 10000",
        "0.99**m2, 0.3660323412732292",
        "m0%m1, 1",
        "m0/m1, 0.1",
        "200/m2, 2",
        "m0//m1, 0",
        "m2//2, 50"
    })
    void arithmeticIsThatOfIgnite(String formula, double expected) {
        assertThat(value(formula)).isEqualTo(expected);
    }

    /** Python's values, which are those of IEEE arithmetic. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1+2*3; 7",
                "(1+2)*3; 9",
                "2^3^2; 512",
                "-2^2; -4",
                "2^-1; 0.5",
                "8/4/2; 1",
                "8-4-2; 2",
                "-7%3; 2",
                "7%-3; -2",
                "-7//2; -4",
                "--3; 3",
                "2*-3; -6",
                "1e-3; 0.001",
                ".5; 0.5",
                "1.5E2; 150",
                "sqrt(16); 4",
                "log(1); 0",
                "exp(0); 1",
                "abs(-2); 2",
                "min(3,1,2); 1",
                "max(3, 1, 2); 3",
                "mean(1,2); 1.5",
                "sum(1,2,3); 6",
                "sqrt(m2)+abs(m0-m1); 19",
                " ( m0 ) ; 1"
            })
    void precedenceIsThatOfPython(String formula, double expected) {
        assertThat(value(formula)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2*accuracy*; a number, a metric or '(' at character 12, not the end",
                "(1+2; ')' at character 5, not the end",
                "1+2); an operator or the end at character 4, not ')'",
                "m0 m1; an operator or the end at character 4, not 'm'",
                "m0=1; an operator or the end at character 3, not '='",
                "m0[x]; the number of an element, from 0 at character 4, not 'x'",
                "m0.[; the name of a field at character 4, not '['",
                "sqrt(1,2); sqrt of one argument at character 10, not the end",
                "max(; a number, a metric or '(' at character 5, not the end",
                "accuracy(a=1; ')' at character 13, not the end",
                "; a number, a metric or '(' at character 1, not the end"
            })
    void formulaThatIsNoneIsRefusedWithThePlace(String formula, String expected) {
        String text = formula == null ? "" : formula;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(text))
                .withMessage("Invalid metric: " + text + " (must have " + expected + ")");
    }

    @Test
    void unknownFunctionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value("cos(1)"))
                .withMessage(
                        "Invalid metric: cos(1) (must have a parameter=value of metric cos, or one of the functions"
                                + " [sqrt, log, exp, abs, min, max, sum, mean] at character 4, not '(')");
    }

    @Test
    void unknownMetricIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value("1-acuracy"))
                .withMessageStartingWith("Invalid metric: acuracy (must be one of [loss, ");
    }

    @Test
    void aliasMustBeDefinedBeforeItIsUsed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricSet.of("x=2*p", "p=accuracy"))
                .withMessageStartingWith("Invalid metric: p (must be one of");
        assertThat(MetricSet.of("p=accuracy", "x=2*p").definition("x")).isEqualTo("2*p");
    }

    @Test
    void parenthesesWithoutEndDoNotOverflowTheStack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value("(".repeat(100_000)))
                .withMessageContaining("(must have at most 200 parentheses in each other at character 201");
    }
}
