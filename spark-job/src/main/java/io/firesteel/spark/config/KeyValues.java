package io.firesteel.spark.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The values of some keys of one section. */
final class KeyValues {
    private final Map<Key<?>, Object> values = new HashMap<>();

    /** Reads all of the keys, and notes what is wrong with them. */
    KeyValues(Section section, List<? extends RecordKey<?, ?>> keys) {
        keys.forEach(key -> read(section, key.key()));
    }

    private <T> void read(Section section, Key<T> key) {
        values.put(
                key, key.presence() == Key.Presence.OPTIONAL ? section.find(key).orElse(null) : section.read(key));
    }

    /** The value of a key that is required or has a default. */
    @SuppressWarnings("unchecked")
    <T> T of(Key<T> key) {
        return (T) values.get(key);
    }

    /** The value of an optional key. */
    <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable(of(key));
    }

    /**
     * A key, and where its value stands in the record that is made of the section.
     *
     * @param <V> the record
     * @param <T> the value
     */
    record RecordKey<V, T>(Key<T> key, Function<V, T> accessor) {
        void write(V value, Map<String, Object> mapping) {
            key.write(accessor.apply(value), mapping);
        }
    }
}
