package io.firesteel.spark.config;

import io.firesteel.spark.config.YamlValue.Entry;
import io.firesteel.spark.config.YamlValue.Mapping;
import io.firesteel.spark.config.YamlValue.Scalar;
import io.firesteel.spark.config.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The types of lists and of mappings with names of the user's. */
final class CollectionTypes {
    private CollectionTypes() {}

    /** A list of at least {@code least} items, which {@code items} names in the plural. */
    static <T> ValueType<List<T>> listOf(ValueType<T> item, int least, String items) {
        String expected = "a list of " + items + (least > 0 ? ", at least " + least : "");
        ValueType.Reader<List<T>> reader = (value, key, reading) -> {
            if (value instanceof Sequence list && list.items().size() >= least) {
                return readItems(item, list, key, reading);
            }
            if (value instanceof Sequence) {
                reading.problems().add(value.origin(), key, "Invalid value: an empty list (must be " + expected + ")");
            } else {
                boolean isSingle = value instanceof Scalar scalar && scalar.kind() != YamlValue.Kind.NULL;
                reading.invalid(value, key, isSingle ? expected + "; put it in brackets" : expected);
            }
            return Optional.empty();
        };
        return new ValueType<>(
                expected,
                list -> list.size() >= least && list.stream().allMatch(item.range()),
                reader,
                list -> list.stream().map(item.writer()).toList(),
                item.schemas());
    }

    /** One mapping, or a list of at least one. */
    static <T> ValueType<List<T>> oneOrList(ValueType<T> item) {
        ValueType<List<T>> list = listOf(item, 1, "mappings");
        String expected = "a mapping or a list of mappings";
        ValueType.Reader<List<T>> reader = (value, key, reading) -> {
            if (value instanceof Mapping) {
                return item.reader().read(value, key, reading).map(List::of);
            }
            if (value instanceof Sequence) {
                return list.reader().read(value, key, reading);
            }
            reading.invalid(value, key, expected);
            return Optional.empty();
        };
        return new ValueType<>(
                expected,
                list.range(),
                reader,
                items -> items.size() == 1
                        ? item.writer().apply(items.get(0))
                        : list.writer().apply(items),
                item.schemas());
    }

    private static <T> Optional<List<T>> readItems(ValueType<T> item, Sequence list, String key, Reading reading) {
        List<T> items = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            item.reader()
                    .read(list.items().get(i), Section.child(key, String.valueOf(i)), reading)
                    .ifPresent(items::add);
        }
        return items.size() == list.items().size() ? Optional.of(List.copyOf(items)) : Optional.empty();
    }

    /** One string, or a list of at least one. */
    static ValueType<List<String>> textOrList() {
        ValueType<List<String>> list = listOf(ScalarTypes.text(), 1, "strings");
        String expected = "a string or a list of strings";
        ValueType.Reader<List<String>> reader = (value, key, reading) -> {
            if (value instanceof Scalar scalar && scalar.kind() != YamlValue.Kind.NULL) {
                return ScalarTypes.text().reader().read(value, key, reading).map(List::of);
            }
            if (value instanceof Sequence) {
                return list.reader().read(value, key, reading);
            }
            reading.invalid(value, key, expected);
            return Optional.empty();
        };
        return new ValueType<>(
                expected,
                list.range(),
                reader,
                texts -> texts.size() == 1
                        ? Substitutions.escape(texts.get(0))
                        : list.writer().apply(texts),
                List.of());
    }

    /** Names of the user's, each with one value; ordered by name. */
    static ValueType<Map<String, String>> options() {
        String expected = "a mapping of option names to strings, numbers, true or false";
        ValueType.Reader<Map<String, String>> reader = (value, key, reading) -> {
            if (value instanceof Mapping mapping) {
                return readOptions(mapping, key, reading);
            }
            reading.invalid(value, key, expected);
            return Optional.empty();
        };
        return new ValueType<>(expected, options -> true, reader, CollectionTypes::writeOptions, List.of());
    }

    private static Optional<Map<String, String>> readOptions(Mapping mapping, String key, Reading reading) {
        Map<String, String> options = new TreeMap<>();
        for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
            String name = entry.getKey();
            ScalarTypes.optionText()
                    .reader()
                    .read(entry.getValue().value(), Section.child(key, name), reading)
                    .ifPresent(value -> options.put(name, value));
        }
        return options.size() == mapping.entries().size() ? Optional.of(options) : Optional.empty();
    }

    private static Object writeOptions(Map<String, String> options) {
        Map<String, Object> written = new LinkedHashMap<>();
        new TreeMap<>(options).forEach((name, value) -> written.put(name, Substitutions.escape(value)));
        return written;
    }
}
