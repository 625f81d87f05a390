package io.firesteel.spark.config;

import io.firesteel.engine.data.ElementType;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code label}. */
final class LabelSection {
    static final Key<String> COLUMN = Key.optional("column", ScalarTypes.text());
    static final Key<List<String>> COLUMNS =
            Key.optional("columns", CollectionTypes.listOf(ScalarTypes.text(), 1, "strings"));
    static final Key<ElementType> ELEMENT_TYPE =
            Key.required("type", ScalarTypes.oneOf(List.of(ElementType.values()), ElementType::label));
    static final Schema SCHEMA = Schema.of(COLUMN, COLUMNS, ELEMENT_TYPE);
    static final ValueType<LabelConfig> TYPE =
            ValueType.section(LabelSection::read, LabelSection::write, List.of(SCHEMA));

    private LabelSection() {}

    private static Optional<LabelConfig> read(Section section) {
        section.requireOne(COLUMN, COLUMNS);
        Optional<List<String>> columns =
                section.find(COLUMN).<List<String>>map(List::of).or(() -> section.find(COLUMNS));
        ElementType type = section.read(ELEMENT_TYPE);
        return section.build(SCHEMA, () -> new LabelConfig(columns.orElseThrow(), type));
    }

    private static Map<String, Object> write(LabelConfig label) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        if (label.columns().size() == 1) {
            COLUMN.write(label.columns().get(0), mapping);
        } else {
            COLUMNS.write(label.columns(), mapping);
        }
        ELEMENT_TYPE.write(label.type(), mapping);
        return mapping;
    }
}
