package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of an entry of {@code candidates}. */
final class CandidateSection {
    static final Key<String> NAME = Key.required(
            "name",
            ScalarTypes.text(
                    Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*"),
                    "a name of letters, digits, '.', '_' and '-' that doesn't start with '.'"));
    private static final Key<Map<String, String>> SET = Key.withDefault("set", OverridesType.TYPE, "{}");
    private static final Schema SCHEMA = Schema.of(NAME, SET);
    static final ValueType<CandidateConfig> TYPE =
            ValueType.section(CandidateSection::read, CandidateSection::write, List.of(SCHEMA));

    private CandidateSection() {}

    private static Optional<CandidateConfig> read(Section section) {
        String name = section.read(NAME);
        Map<String, String> set = section.read(SET);
        return section.build(SCHEMA, () -> new CandidateConfig(name, set));
    }

    private static Map<String, Object> write(CandidateConfig candidate) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        NAME.write(candidate.name(), mapping);
        SET.write(candidate.set(), mapping);
        return mapping;
    }
}
