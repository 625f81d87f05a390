package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code weight}. */
final class WeightSection {
    static final Key<String> COLUMN = Key.required("column", ScalarTypes.text());
    static final Schema SCHEMA = Schema.of(COLUMN);
    static final ValueType<WeightConfig> TYPE =
            ValueType.section(WeightSection::read, WeightSection::write, List.of(SCHEMA));

    private WeightSection() {}

    private static Optional<WeightConfig> read(Section section) {
        String column = section.read(COLUMN);
        return section.build(SCHEMA, () -> new WeightConfig(column));
    }

    private static Map<String, Object> write(WeightConfig weight) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        COLUMN.write(weight.column(), mapping);
        return mapping;
    }
}
