package io.firesteel.spark.config;

import io.firesteel.engine.data.ElementType;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of one entry of {@code features}. */
final class FeatureSection {
    /** What the name of a feature starts with that has none in the file; its index follows. */
    private static final String UNNAMED = "input";

    static final Key<String> NAME = Key.optional("name", ScalarTypes.text());
    static final Key<String> COLUMN = Key.optional("column", ScalarTypes.text());
    static final Key<List<String>> COLUMNS =
            Key.optional("columns", CollectionTypes.listOf(ScalarTypes.text(), 1, "strings"));
    static final Key<List<Integer>> SHAPE =
            Key.optional("shape", CollectionTypes.listOf(ScalarTypes.wholeNumber(1), 0, "whole numbers >= 1"));
    static final Key<ElementType> ELEMENT_TYPE =
            Key.withDefault("type", ScalarTypes.oneOf(List.of(ElementType.values()), ElementType::label), "float32");
    static final Key<Double> SCALE = Key.withDefault("scale", ScalarTypes.number("", value -> true), "1");
    static final Key<Double> OFFSET = Key.withDefault("offset", ScalarTypes.number("", value -> true), "0");
    static final Schema SCHEMA = Schema.of(NAME, COLUMN, COLUMNS, SHAPE, ELEMENT_TYPE, SCALE, OFFSET);
    static final ValueType<FeatureConfig> TYPE =
            ValueType.section(FeatureSection::read, FeatureSection::write, List.of(SCHEMA));

    private FeatureSection() {}

    private static Optional<FeatureConfig> read(Section section) {
        Optional<String> name = section.find(NAME);
        section.requireOne(COLUMN, COLUMNS);
        Optional<FeatureColumns> whole = section.find(COLUMN).map(FeatureColumns.Whole::new);
        Optional<FeatureColumns> scalars = section.find(COLUMNS).map(FeatureColumns.Scalars::new);
        Optional<List<Integer>> shape = section.find(SHAPE);
        ElementType type = section.read(ELEMENT_TYPE);
        Double scale = section.read(SCALE);
        Double offset = section.read(OFFSET);
        return section.build(
                SCHEMA,
                () -> new FeatureConfig(
                        name.orElse(UNNAMED + section.name()),
                        whole.or(() -> scalars).orElseThrow(),
                        shape,
                        type,
                        scale,
                        offset));
    }

    private static Map<String, Object> write(FeatureConfig feature) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        NAME.write(feature.name(), mapping);
        if (feature.columns() instanceof FeatureColumns.Whole whole) {
            COLUMN.write(whole.name(), mapping);
        } else if (feature.columns() instanceof FeatureColumns.Scalars scalars) {
            COLUMNS.write(scalars.patterns(), mapping);
        }
        SHAPE.write(feature.shape(), mapping);
        ELEMENT_TYPE.write(feature.type(), mapping);
        SCALE.write(feature.scale(), mapping);
        OFFSET.write(feature.offset(), mapping);
        return mapping;
    }
}
