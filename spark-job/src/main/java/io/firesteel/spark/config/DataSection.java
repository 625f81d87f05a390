package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code data}: a source, and what is kept from training. */
final class DataSection {
    static final Schema SCHEMA = Schema.of(
            SourceSection.FORMAT,
            SourceSection.PATH,
            SourceSection.OPTIONS,
            DeriveType.DERIVE,
            SourceSection.WHERE,
            validation("", Optional.empty()));
    static final ValueType<DataConfig> TYPE = ValueType.section(DataSection::read, DataSection::write, List.of(SCHEMA));

    private DataSection() {}

    private static Key<ValidationConfig> validation(String format, Optional<Map<String, String>> options) {
        return Key.optional("validation", ValidationSection.type(format, options));
    }

    private static Optional<DataConfig> read(Section section) {
        String format = section.read(SourceSection.FORMAT);
        Optional<List<String>> paths = SourceSection.findPaths(section, format);
        Map<String, String> options = section.read(SourceSection.OPTIONS);
        Map<String, String> derive = section.read(DeriveType.DERIVE);
        Optional<String> where = section.find(SourceSection.WHERE);
        Optional<ValidationConfig> validation = section.find(validation(format, Optional.ofNullable(options)));
        return section.build(
                SCHEMA, () -> new DataConfig(format, paths.orElse(List.of()), options, derive, where, validation));
    }

    private static Map<String, Object> write(DataConfig data) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        SourceSection.FORMAT.write(data.format(), mapping);
        SourceSection.PATH.write(SourceSection.present(data.paths()), mapping);
        SourceSection.OPTIONS.write(data.options(), mapping);
        if (!data.derive().isEmpty()) {
            DeriveType.DERIVE.write(data.derive(), mapping);
        }
        SourceSection.WHERE.write(data.where(), mapping);
        validation(data.format(), Optional.empty()).write(data.validation(), mapping);
        return mapping;
    }
}
