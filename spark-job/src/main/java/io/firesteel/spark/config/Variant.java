package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One of the kinds of value that a section can hold, as its {@code type} names them.
 *
 * @param label the name in job files
 * @param kind class of the values
 * @param schema all keys, {@code type} first
 * @param reader reads the keys of this kind
 * @param writer adds the keys of this kind
 */
record Variant<T, V extends T>(
        String label,
        Class<V> kind,
        Schema schema,
        Function<Section, Optional<V>> reader,
        BiConsumer<V, Map<String, Object>> writer) {

    /** Reads the section as this kind. */
    Optional<T> read(Section section) {
        return reader.apply(section).map(value -> value);
    }

    static <T> List<Schema> schemas(List<Variant<T, ? extends T>> variants) {
        return variants.stream().<Schema>map(Variant::schema).toList();
    }

    /** The value as the keys of the variant that it belongs to. */
    static <T> Map<String, Object> write(T value, List<Variant<T, ? extends T>> variants) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        variants.forEach(variant -> variant.writeIfMine(value, mapping));
        return mapping;
    }

    private void writeIfMine(T value, Map<String, Object> mapping) {
        if (kind.isInstance(value)) {
            writer.accept(kind.cast(value), mapping);
        }
    }
}
