package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code warmup} of a schedule. */
final class WarmupSection {
    private static final Key<Double> STEPS = Key.required("steps", ScalarTypes.number("> 0", value -> value > 0));
    private static final Key<Double> FROM = Key.withDefault("from", ScalarTypes.number("", value -> true), "0");
    private static final Schema SCHEMA = Schema.of(STEPS, FROM);

    static final ValueType<Warmup> TYPE = ValueType.section(WarmupSection::read, WarmupSection::write, List.of(SCHEMA));

    /** Steps that lead from a value to the first one of a schedule. */
    record Warmup(double steps, double from) {}

    private WarmupSection() {}

    private static Optional<Warmup> read(Section section) {
        Double steps = section.read(STEPS);
        Double from = section.read(FROM);
        return section.build(SCHEMA, () -> new Warmup(steps, from));
    }

    private static Map<String, Object> write(Warmup warmup) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        STEPS.write(warmup.steps(), mapping);
        FROM.write(warmup.from(), mapping);
        return mapping;
    }
}
