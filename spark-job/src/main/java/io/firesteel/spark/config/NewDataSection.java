package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code retrain.newData}. */
final class NewDataSection {
    private static final Key<NewDataConfig.By> BY =
            Key.required("by", ScalarTypes.oneOf(List.of(NewDataConfig.By.values()), NewDataConfig.By::label));
    static final Key<String> COLUMN = Key.optional("column", ScalarTypes.text());
    private static final Key<NewDataConfig.WhenNone> WHEN_NONE = Key.withDefault(
            "whenNone",
            ScalarTypes.oneOf(List.of(NewDataConfig.WhenNone.values()), NewDataConfig.WhenNone::label),
            "skip");
    private static final Schema SCHEMA = Schema.of(BY, COLUMN, WHEN_NONE);
    static final ValueType<NewDataConfig> TYPE =
            ValueType.section(NewDataSection::read, NewDataSection::write, List.of(SCHEMA));

    private NewDataSection() {}

    private static Optional<NewDataConfig> read(Section section) {
        NewDataConfig.By by = section.read(BY);
        Optional<String> column = section.find(COLUMN);
        NewDataConfig.WhenNone whenNone = section.read(WHEN_NONE);
        return section.build(SCHEMA, () -> new NewDataConfig(by, column, whenNone));
    }

    private static Map<String, Object> write(NewDataConfig newData) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        BY.write(newData.by(), mapping);
        COLUMN.write(newData.column(), mapping);
        WHEN_NONE.write(newData.whenNone(), mapping);
        return mapping;
    }
}
