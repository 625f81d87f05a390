package io.firesteel.engine.metric.set;

import io.firesteel.engine.metric.MetricValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The functions of formulas. */
@SuppressWarnings("ImmutableEnumChecker") // The operators have no state.
enum FormulaFunction {
    SQRT(Math::sqrt),
    LOG(Math::log),
    EXP(Math::exp),
    ABS(Math::abs),
    MIN(Math::min),
    MAX(Math::max),
    SUM(Double::sum),
    MEAN(Double::sum);

    private final DoubleUnaryOperator ofOne;
    private final DoubleBinaryOperator ofMany;

    FormulaFunction(DoubleUnaryOperator ofOne) {
        this.ofOne = ofOne;
        this.ofMany = null;
    }

    FormulaFunction(DoubleBinaryOperator ofMany) {
        this.ofOne = null;
        this.ofMany = ofMany;
    }

    static Optional<FormulaFunction> find(String name) {
        return Arrays.stream(values())
                .filter(function -> function.label().equals(name))
                .findFirst();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it takes so many arguments. */
    boolean takes(int arguments) {
        return ofOne == null ? arguments > 0 : arguments == 1;
    }

    /** What it takes, in words. */
    String expected() {
        return label() + (ofOne == null ? " of at least one argument" : " of one argument");
    }

    MetricValue apply(List<MetricValue> arguments) {
        MetricValue first = arguments.get(0);
        if (ofOne != null) {
            return Arithmetic.map(first, ofOne);
        }
        return arguments.size() == 1 ? reduce(first) : fold(arguments);
    }

    private MetricValue reduce(MetricValue value) {
        double[] numbers = Arithmetic.numbers(value);
        double result = Arrays.stream(numbers).reduce(ofMany).orElse(Double.NaN);
        return MetricValue.of(this == MEAN ? result / numbers.length : result);
    }

    private MetricValue fold(List<MetricValue> arguments) {
        MetricValue result = arguments.get(0);
        for (MetricValue next : arguments.subList(1, arguments.size())) {
            result = Arithmetic.combine(result, next, ofMany);
        }
        return this == MEAN ? Arithmetic.map(result, sum -> sum / arguments.size()) : result;
    }
}
