package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import io.firesteel.spark.config.YamlValue.Entry;
import io.firesteel.spark.config.YamlValue.Mapping;
import io.firesteel.spark.config.YamlValue.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A mapping of the job file while its keys are read. Reading goes on after a problem, so that one run finds them all: first
 * read every key, then {@link #build} the record, which happens only where all of them were right.
 */
final class Section {
    private final Mapping mapping;
    private final String path;
    private final Reading reading;
    private final int problemsBefore;

    Section(Mapping mapping, String path, Reading reading) {
        this.mapping = mapping;
        this.path = path;
        this.reading = reading;
        this.problemsBefore = reading.problems().count();
    }

    static String child(String path, String name) {
        return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
    }

    /** The name of this section in the one around it; an index in a list. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    boolean has(Key<?> key) {
        return mapping.entries().containsKey(key.name());
    }

    /** Whether exactly one of two keys is there; notes a problem where not. */
    boolean requireOne(Key<?> one, Key<?> other) {
        if (has(one) && has(other)) {
            report(other.name(), "Cannot stand beside " + one.name() + " (must be one of both)");
        } else if (!has(one) && !has(other)) {
            report("", "Missing key (must have " + one.name() + " or " + other.name() + ")");
        }
        return has(one) != has(other);
    }

    /** The value or default of a key; null after a problem, which is noted: {@link #build} then builds nothing. */
    <T> T read(Key<T> key) {
        return find(key).orElseGet(() -> absent(key));
    }

    /** The value of a key; empty where the key is absent or after a problem. */
    <T> Optional<T> find(Key<T> key) {
        String keyPath = child(path, key.name());
        return mapping.find(key.name()).flatMap(value -> key.type().reader().read(value, keyPath, reading));
    }

    private <T> T absent(Key<T> key) {
        if (has(key)) {
            return null;
        }
        if (key.presence() == Key.Presence.DEFAULTED) {
            return key.defaultValue(child(path, key.name()), reading).orElse(null);
        }
        report(key.name(), "Missing key (must be " + key.type().expected() + ")");
        return null;
    }

    /** Notes a problem of the key at a path below this section, at the nearest place that the file has. */
    void report(String key, String text) {
        reading.problems().add(origin(key), child(path, key), text);
    }

    /** Notes a problem of a value: its detail is the value and what it must be. */
    void report(RuleViolation violation) {
        report(violation.key(), "Invalid value: " + violation.detail());
    }

    private Origin origin(String key) {
        Origin nearest = mapping.origin();
        YamlValue value = mapping;
        for (String name : key.split("\\.", -1)) {
            if (value instanceof Mapping map && map.entries().get(name) != null) {
                Entry entry = map.entries().get(name);
                nearest = entry.origin();
                value = entry.value();
            } else if (value instanceof Sequence list
                    && name.matches("[0-9]{1,9}")
                    && Integer.parseInt(name) < list.items().size()) {
                value = list.items().get(Integer.parseInt(name));
                nearest = value.origin();
            } else {
                return nearest;
            }
        }
        return nearest;
    }

    /** Notes keys that the schema doesn't know; then the record, unless a problem was noted since this section was begun. */
    <T> Optional<T> build(Schema schema, Supplier<T> record) {
        boolean isSound = reading.problems().count() == problemsBefore;
        reportUnknownKeys(schema);
        if (!isSound) {
            return Optional.empty();
        }
        try {
            return Optional.of(record.get());
        } catch (RuleViolation e) {
            report(e);
        } catch (IllegalArgumentException e) {
            reading.problems().add(mapping.origin(), path, e.getMessage());
        }
        return Optional.empty();
    }

    /** Notes every key that the schema doesn't know. */
    void reportUnknownKeys(Schema schema) {
        mapping.entries().keySet().stream()
                .filter(name -> !schema.names().contains(name))
                .forEach(name -> reportUnknown(name, schema));
    }

    private void reportUnknown(String name, Schema schema) {
        List<String> names = schema.names();
        String wayOut = Suggestion.nearest(name, names)
                .or(() -> elsewhere(name, JobSection.SCHEMA, "").filter(found -> !found.equals(child(path, name))))
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> "known: " + String.join(", ", names));
        String of = schema.variant().isEmpty() ? "" : " with " + schema.variant();
        report(name, "Unknown key" + of + " (" + wayOut + ")");
    }

    /** The path of a key of that very name in another section. */
    private static Optional<String> elsewhere(String name, Schema schema, String path) {
        for (Key<?> key : schema.keys()) {
            String keyPath = child(path, key.name());
            Optional<String> found = key.name().equals(name)
                    ? Optional.of(keyPath)
                    : key.type().schemas().stream()
                            .flatMap(inner -> elsewhere(name, inner, keyPath).stream())
                            .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
