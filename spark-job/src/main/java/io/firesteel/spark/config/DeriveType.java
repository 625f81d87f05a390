package io.firesteel.spark.config;

import io.firesteel.spark.config.YamlValue.Entry;
import io.firesteel.spark.config.YamlValue.Mapping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** New columns by name, each with the SQL that makes it; in their order, as one may use those before it. */
final class DeriveType {
    private static final String EXPECTED = "a mapping of column names to SQL";

    static final Key<Map<String, String>> DERIVE = Key.withDefault(
            "derive", new ValueType<>(EXPECTED, columns -> true, DeriveType::read, DeriveType::write, List.of()), "{}");

    private DeriveType() {}

    /** The same columns, not to be changed. */
    static Map<String, String> copyOf(Map<String, String> columns) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    private static Optional<Map<String, String>> read(YamlValue value, String key, Reading reading) {
        if (!(value instanceof Mapping mapping)) {
            reading.invalid(value, key, EXPECTED);
            return Optional.empty();
        }
        Map<String, String> columns = new LinkedHashMap<>();
        for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
            String name = entry.getKey();
            ScalarTypes.optionText()
                    .reader()
                    .read(entry.getValue().value(), Section.child(key, name), reading)
                    .ifPresent(sql -> columns.put(name, sql));
        }
        return columns.size() == mapping.entries().size() ? Optional.of(copyOf(columns)) : Optional.empty();
    }

    private static Object write(Map<String, String> columns) {
        Map<String, Object> written = new LinkedHashMap<>();
        columns.forEach((name, sql) -> written.put(name, Substitutions.escape(sql)));
        return written;
    }
}
