package io.firesteel.spark.config;

import io.firesteel.engine.handler.LearningRateFinderOptions;
import io.firesteel.engine.handler.LearningRateFinderOptions.Ramp;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code handlers.learningRateFinder}; the defaults are {@link LearningRateFinderOptions#DEFAULTS}. */
final class LearningRateFinderSection {
    private static final Key<Double> START = Key.withDefault("start", positive(), "1e-7");
    private static final Key<Double> END = Key.withDefault("end", positive(), "10");
    private static final Key<Integer> ITERATIONS = Key.withDefault("iterations", ScalarTypes.wholeNumber(2), "100");
    private static final Key<Ramp> RAMP =
            Key.withDefault("ramp", ScalarTypes.oneOf(List.of(Ramp.values()), Ramp::label), Ramp.EXPONENTIAL.label());
    private static final Key<Double> SMOOTHING =
            Key.withDefault("smoothing", ScalarTypes.number("> 0 and <= 1", value -> value > 0 && value <= 1), "0.05");
    private static final Key<Double> DIVERGENCE =
            Key.withDefault("divergence", ScalarTypes.number("> 1", value -> value > 1), "5");
    private static final Schema SCHEMA = Schema.of(START, END, ITERATIONS, RAMP, SMOOTHING, DIVERGENCE);

    static final ValueType<LearningRateFinderOptions> TYPE =
            ValueType.section(LearningRateFinderSection::read, LearningRateFinderSection::write, List.of(SCHEMA));

    private LearningRateFinderSection() {}

    private static ValueType<Double> positive() {
        return ScalarTypes.number("> 0", value -> value > 0);
    }

    private static Optional<LearningRateFinderOptions> read(Section section) {
        Double start = section.read(START);
        Double end = section.read(END);
        Integer iterations = section.read(ITERATIONS);
        Ramp ramp = section.read(RAMP);
        Double smoothing = section.read(SMOOTHING);
        Double divergence = section.read(DIVERGENCE);
        if (start != null && end != null && end <= start) {
            section.report(new RuleViolation(END.name(), end + " (must be > start, " + start + ")"));
        }
        return section.build(
                SCHEMA, () -> new LearningRateFinderOptions(start, end, iterations, ramp, smoothing, divergence));
    }

    private static Map<String, Object> write(LearningRateFinderOptions finder) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        START.write(finder.start(), mapping);
        END.write(finder.end(), mapping);
        ITERATIONS.write(finder.iterations(), mapping);
        RAMP.write(finder.ramp(), mapping);
        SMOOTHING.write(finder.smoothing(), mapping);
        DIVERGENCE.write(finder.divergence(), mapping);
        return mapping;
    }
}
