package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code retrain.baseline}. */
final class BaselineSection {
    static final Key<String> NAME = Key.withDefault("name", ScalarTypes.text(), "baseline");
    static final Key<String> COLUMN = Key.required("column", ScalarTypes.text());
    private static final Schema SCHEMA = Schema.of(NAME, COLUMN);
    static final ValueType<BaselineConfig> TYPE =
            ValueType.section(BaselineSection::read, BaselineSection::write, List.of(SCHEMA));

    private BaselineSection() {}

    private static Optional<BaselineConfig> read(Section section) {
        String name = section.read(NAME);
        String column = section.read(COLUMN);
        return section.build(SCHEMA, () -> new BaselineConfig(name, column));
    }

    private static Map<String, Object> write(BaselineConfig baseline) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        NAME.write(baseline.name(), mapping);
        COLUMN.write(baseline.column(), mapping);
        return mapping;
    }
}
