package io.firesteel.spark.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How a value is read, checked and written back.
 *
 * @param expected type and range in words, as they follow "must be"
 * @param range whether a value of the type is allowed; records ask it too
 * @param reader from the tree; notes a problem where it returns nothing
 * @param writer to what a YAML dumper takes: a scalar, list or map
 * @param schemas the keys inside, one schema per variant; empty unless the value is made of mappings
 */
record ValueType<T>(
        String expected, Predicate<T> range, Reader<T> reader, Function<T, Object> writer, List<Schema> schemas) {

    /** Reads one value. */
    @FunctionalInterface
    interface Reader<T> {
        /** Empty after a problem, which is noted. */
        Optional<T> read(YamlValue value, String key, Reading reading);
    }

    /** The names and kinds of keys in one mapping; {@code variant} tells mappings apart that a key can choose between. */
    record Schema(String variant, List<Key<?>> keys) {
        Schema {
            keys = List.copyOf(keys);
        }

        static Schema of(Key<?>... keys) {
            return new Schema("", List.of(keys));
        }

        List<String> names() {
            return keys.stream().<String>map(Key::name).toList();
        }
    }

    /** A value type that is one mapping or more: {@code toMap} writes a value as ordered keys. */
    static <T> ValueType<T> section(
            Function<Section, Optional<T>> read, Function<T, Map<String, Object>> toMap, List<Schema> schemas) {
        String expected = "a mapping";
        Reader<T> reader = (value, key, reading) -> {
            if (value instanceof YamlValue.Mapping mapping) {
                return read.apply(new Section(mapping, key, reading));
            }
            reading.invalid(value, key, expected);
            return Optional.empty();
        };
        return new ValueType<>(expected, value -> true, reader, toMap::apply, schemas);
    }
}
