package io.firesteel.spark.config;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One key of a mapping: its name, type and range, and what holds where it is left out.
 *
 * @param defaultText the value where the key is left out, as YAML; empty for a key without default
 */
record Key<T>(String name, ValueType<T> type, Presence presence, String defaultText) {
    /** What leaving a key out means. */
    enum Presence {
        REQUIRED,
        OPTIONAL,
        DEFAULTED
    }

    static <T> Key<T> required(String name, ValueType<T> type) {
        return new Key<>(name, type, Presence.REQUIRED, "");
    }

    static <T> Key<T> optional(String name, ValueType<T> type) {
        return new Key<>(name, type, Presence.OPTIONAL, "");
    }

    static <T> Key<T> withDefault(String name, ValueType<T> type, String defaultText) {
        return new Key<>(name, type, Presence.DEFAULTED, defaultText);
    }

    /** Type, range and what holds without the key, as the reference job file says it. */
    String documentation() {
        String without = switch (presence) {
            case REQUIRED -> "required";
            case OPTIONAL -> "optional";
            case DEFAULTED -> "default " + defaultText;
        };
        return type.expected() + "; " + without;
    }

    /** The value of a key that was left out; empty without a default or after a problem. */
    Optional<T> defaultValue(String path, Reading reading) {
        return YamlText.ofOverride(defaultText, Origin.DEFAULT.source(), path, reading.problems())
                .flatMap(value -> type.reader().read(value, path, reading));
    }

    /**
     * Returns {@code value} where it lies in the range.
     *
     * @throws IllegalArgumentException if it doesn't
     */
    T check(T value) {
        Objects.requireNonNull(value, name);
        if (!type.range().test(value)) {
            throw new RuleViolation(name, value + " (must be " + type.expected() + ")");
        }
        return value;
    }

    Optional<T> check(Optional<T> value) {
        value.ifPresent(this::check);
        return value;
    }

    /** Adds the value to a mapping that is to be dumped. */
    void write(T value, Map<String, Object> mapping) {
        mapping.put(name, type.writer().apply(value));
    }

    void write(Optional<T> value, Map<String, Object> mapping) {
        value.ifPresent(present -> write(present, mapping));
    }
}
