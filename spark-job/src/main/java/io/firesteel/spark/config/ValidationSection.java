package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code data.validation}: a fraction, or data of its own. */
final class ValidationSection {
    static final Key<Double> FRACTION =
            Key.optional("fraction", ScalarTypes.number("> 0 and < 1", value -> value > 0 && value < 1));
    private static final Key<String> FORMAT = Key.optional(SourceSection.FORMAT.name(), SourceSection.FORMAT.type());
    private static final Key<Map<String, String>> OPTIONS =
            Key.optional(SourceSection.OPTIONS.name(), SourceSection.OPTIONS.type());
    static final Schema SCHEMA = Schema.of(FRACTION, FORMAT, SourceSection.PATH, OPTIONS, SourceSection.WHERE);
    private static final List<Key<?>> OF_SOURCE = List.of(FORMAT, SourceSection.PATH, OPTIONS, SourceSection.WHERE);

    private ValidationSection() {}

    /** The type of the section in data with a format and options, which hold here too where there are none. */
    static ValueType<ValidationConfig> type(String dataFormat, Optional<Map<String, String>> dataOptions) {
        return ValueType.section(
                section -> read(section, dataFormat, dataOptions), ValidationSection::write, List.of(SCHEMA));
    }

    private static Optional<ValidationConfig> read(
            Section section, String dataFormat, Optional<Map<String, String>> dataOptions) {
        if (section.has(FRACTION)) {
            OF_SOURCE.stream()
                    .filter(section::has)
                    .forEach(key -> section.report(key.name(), "Cannot stand beside fraction (must be one of both)"));
            Optional<Double> fraction = section.find(FRACTION);
            return section.build(SCHEMA, () -> new ValidationConfig.Split(fraction.orElseThrow()));
        }
        if (OF_SOURCE.stream().noneMatch(section::has)) {
            section.report("", "Missing key (must have fraction or path)");
            section.reportUnknownKeys(SCHEMA);
            return Optional.empty();
        }
        return readData(section, dataFormat, dataOptions);
    }

    private static Optional<ValidationConfig> readData(
            Section section, String dataFormat, Optional<Map<String, String>> dataOptions) {
        String format = section.has(FORMAT) ? section.find(FORMAT).orElse(null) : dataFormat;
        Optional<List<String>> paths = SourceSection.findPaths(section, format);
        Optional<Map<String, String>> options = section.find(OPTIONS).or(() -> dataOptions);
        Optional<String> where = section.find(SourceSection.WHERE);
        return section.build(
                SCHEMA,
                () -> new ValidationConfig.Data(format, paths.orElse(List.of()), options.orElse(Map.of()), where));
    }

    private static Map<String, Object> write(ValidationConfig validation) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        if (validation instanceof ValidationConfig.Split split) {
            FRACTION.write(split.fraction(), mapping);
        } else if (validation instanceof ValidationConfig.Data data) {
            FORMAT.write(data.format(), mapping);
            SourceSection.PATH.write(SourceSection.present(data.paths()), mapping);
            OPTIONS.write(data.options(), mapping);
            SourceSection.WHERE.write(data.where(), mapping);
        }
        return mapping;
    }
}
