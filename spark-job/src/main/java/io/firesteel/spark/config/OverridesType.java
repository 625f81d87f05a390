package io.firesteel.spark.config;

import io.firesteel.spark.config.YamlValue.Entry;
import io.firesteel.spark.config.YamlValue.Mapping;
import io.firesteel.spark.config.YamlValue.Scalar;
import io.firesteel.spark.config.YamlValue.Sequence;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Paths of keys with values for them, which are read where they are put into a job: until then each is YAML of one line, and what
 * stands in it isn't substituted.
 */
final class OverridesType {
    private static final String EXPECTED = "a mapping of keys, such as train.epochs, to values";

    static final ValueType<Map<String, String>> TYPE =
            new ValueType<>(EXPECTED, overrides -> true, OverridesType::read, OverridesType::write, List.of());

    private OverridesType() {}

    private static Optional<Map<String, String>> read(YamlValue value, String key, Reading reading) {
        if (!(value instanceof Mapping mapping)) {
            reading.invalid(value, key, EXPECTED);
            return Optional.empty();
        }
        Map<String, String> overrides = new LinkedHashMap<>();
        mapping.entries().forEach((path, entry) -> overrides.put(path, line(entry.value())));
        return Optional.of(Collections.unmodifiableMap(overrides));
    }

    private static String line(YamlValue value) {
        if (value instanceof Sequence list) {
            return list.items().stream().map(OverridesType::line).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Mapping mapping) {
            return mapping.entries().entrySet().stream()
                    .map(OverridesType::line)
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return line((Scalar) value);
    }

    private static String line(Map.Entry<String, Entry> entry) {
        return quoted(entry.getKey()) + ": " + line(entry.getValue().value());
    }

    private static String line(Scalar scalar) {
        return switch (scalar.kind()) {
            case STRING -> quoted(scalar.text());
            case INTEGER -> ScalarTypes.integer(scalar.text()).toString();
            case FLOAT -> number(ScalarTypes.decimal(scalar.text()));
            case BOOLEAN -> String.valueOf(Boolean.parseBoolean(scalar.text()));
            case NULL -> "null";
        };
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return ".nan";
        }
        return Double.isInfinite(value) ? (value < 0 ? "-.inf" : ".inf") : Double.toString(value);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\uFEFF') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static Object write(Map<String, String> overrides) {
        LoadSettings settings =
                LoadSettings.builder().setSchema(new CoreSchema()).build();
        Map<String, Object> mapping = new LinkedHashMap<>();
        overrides.forEach((path, text) -> mapping.put(path, new Load(settings).loadFromString(text)));
        return mapping;
    }
}
