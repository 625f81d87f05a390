package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code handlers.logging}. */
final class LoggingSection {
    private static final Key<Integer> EVERY_STEPS = Key.withDefault("everySteps", ScalarTypes.wholeNumber(1), "50");
    private static final Schema SCHEMA = Schema.of(EVERY_STEPS);

    /** Steps from one line to the next. */
    static final ValueType<Integer> TYPE =
            ValueType.section(LoggingSection::read, LoggingSection::write, List.of(SCHEMA));

    private LoggingSection() {}

    private static Optional<Integer> read(Section section) {
        Integer everySteps = section.read(EVERY_STEPS);
        return section.build(SCHEMA, () -> everySteps);
    }

    private static Map<String, Object> write(int everySteps) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        EVERY_STEPS.write(everySteps, mapping);
        return mapping;
    }
}
