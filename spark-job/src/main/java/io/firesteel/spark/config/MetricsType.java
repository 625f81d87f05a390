package io.firesteel.spark.config;

import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.spark.config.YamlValue.Entry;
import io.firesteel.spark.config.YamlValue.Kind;
import io.firesteel.spark.config.YamlValue.Mapping;
import io.firesteel.spark.config.YamlValue.Scalar;
import io.firesteel.spark.config.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The type of the list of metrics: entries of a {@link MetricSet}, each a text, or a name with a mapping of its parameters, in
 * which {@code as} is the alias. As a value it is the list of the texts.
 */
final class MetricsType {
    static final ValueType<List<String>> TYPE = type();

    private static final String EXPECTED = "a metric: its name, a formula, or its name with a mapping of parameters";
    private static final String ALIAS = "as";

    private MetricsType() {}

    private static ValueType<List<String>> type() {
        ValueType<String> item =
                new ValueType<>(EXPECTED, text -> !text.isBlank(), MetricsType::text, Substitutions::escape, List.of());
        ValueType<List<String>> list = CollectionTypes.listOf(item, 1, "metrics");
        ValueType.Reader<List<String>> reader = (value, key, reading) ->
                list.reader().read(value, key, reading).filter(texts -> isSet(texts, value, key, reading));
        return new ValueType<>(
                list.expected(), texts -> list.range().test(texts) && isSet(texts), reader, list.writer(), List.of());
    }

    private static Optional<String> text(YamlValue value, String key, Reading reading) {
        if (value instanceof Mapping mapping && mapping.entries().size() == 1) {
            Map.Entry<String, Entry> only =
                    mapping.entries().entrySet().iterator().next();
            return withParameters(only.getKey(), only.getValue().value(), Section.child(key, only.getKey()), reading);
        }
        if (value instanceof Scalar scalar && scalar.kind() != Kind.NULL) {
            return reading.substitute(scalar, key).map(Scalar::text);
        }
        reading.invalid(value, key, EXPECTED);
        return Optional.empty();
    }

    private static Optional<String> withParameters(String name, YamlValue value, String key, Reading reading) {
        if (value instanceof Scalar scalar && scalar.kind() == Kind.NULL) {
            return Optional.of(name);
        }
        return CollectionTypes.options().reader().read(value, key, reading).map(options -> {
            String alias = options.containsKey(ALIAS) ? options.get(ALIAS) + "=" : "";
            List<String> parameters = new ArrayList<>();
            options.forEach((parameter, given) -> {
                if (!parameter.equals(ALIAS)) {
                    parameters.add(parameter + "=" + given);
                }
            });
            return alias + name + (parameters.isEmpty() ? "" : "(" + String.join(",", parameters) + ")");
        });
    }

    private static boolean isSet(List<String> texts) {
        try {
            return MetricSet.of(texts).names().size() == texts.size();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether they make a set; each that doesn't together with those before it is noted. */
    private static boolean isSet(List<String> texts, YamlValue value, String key, Reading reading) {
        List<YamlValue> items = ((Sequence) value).items();
        List<String> sound = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            sound.add(texts.get(i));
            try {
                MetricSet.of(sound);
            } catch (IllegalArgumentException e) {
                sound.remove(sound.size() - 1);
                reading.problems()
                        .add(items.get(i).origin(), Section.child(key, String.valueOf(i)), MetricProblem.of(e));
            }
        }
        return sound.size() == texts.size();
    }
}
