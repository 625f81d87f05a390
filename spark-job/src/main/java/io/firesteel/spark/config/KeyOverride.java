package io.firesteel.spark.config;

import io.firesteel.spark.config.YamlValue.Kind;
import io.firesteel.spark.config.YamlValue.Mapping;
import io.firesteel.spark.config.YamlValue.Scalar;
import io.firesteel.spark.config.YamlValue.Sequence;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One {@code --set path=value}: puts a value into the YAML tree, and the mappings on the way to it where there are none. */
final class KeyOverride {
    static final String OPTION = "--set ";

    /** The names under these keys are the user's and may have dots. */
    private static final Set<String> FREE_NAMES = Set.of("options", "derive", "set");

    private final Origin origin;
    private final List<String> path;
    private final YamlValue value;

    private KeyOverride(Origin origin, List<String> path, YamlValue value) {
        this.origin = origin;
        this.path = path;
        this.value = value;
    }

    /** The tree with the override in it, or as it was after a problem. */
    static Mapping apply(Mapping root, String text, Problems problems) {
        Origin origin = new Origin(OPTION + text, 0);
        try {
            return parse(text, origin, problems)
                    .map(override -> (Mapping) override.put(root, 0))
                    .orElse(root);
        } catch (IllegalArgumentException e) {
            problems.add(origin, "", e.getMessage());
            return root;
        }
    }

    private static Optional<KeyOverride> parse(String text, Origin origin, Problems problems) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("Cannot read override: no key before a '=' (must be key=value)");
        }
        String key = text.substring(0, equals).strip();
        List<String> path = path(key);
        return YamlText.ofOverride(text.substring(equals + 1), origin.source(), key, problems)
                .map(value -> new KeyOverride(origin, path, value));
    }

    private static List<String> path(String key) {
        List<String> names = Arrays.asList(key.split("\\.", -1));
        int free = IntStream.range(0, names.size())
                .filter(i -> FREE_NAMES.contains(names.get(i)))
                .findFirst()
                .orElse(-1);
        List<String> path = names;
        if (free >= 0 && free < names.size() - 1) {
            String last = String.join(".", names.subList(free + 1, names.size()));
            path = Stream.concat(names.subList(0, free + 1).stream(), Stream.of(last))
                    .toList();
        }
        if (path.contains("")) {
            throw new IllegalArgumentException("Cannot read override: an empty name in the path " + key);
        }
        return path;
    }

    private YamlValue put(YamlValue node, int depth) {
        if (depth == path.size()) {
            return value;
        }
        String name = path.get(depth);
        if (node instanceof Mapping mapping) {
            return mapping.with(name, put(mapping.find(name).orElse(nothing()), depth + 1));
        }
        if (node instanceof Sequence list) {
            int index = index(name, list.items().size(), depth);
            YamlValue item = index < list.items().size() ? list.items().get(index) : nothing();
            return list.with(index, put(item, depth + 1));
        }
        if (node instanceof Scalar scalar && scalar.kind() == Kind.NULL) {
            return put(new Mapping(origin, Map.of()), depth);
        }
        throw new IllegalArgumentException("Cannot set " + String.join(".", path) + ": " + reached(depth) + " is "
                + node.shown() + " (must be a mapping or a list)");
    }

    private YamlValue nothing() {
        return new Scalar(origin, Kind.NULL, "", "");
    }

    private int index(String name, int size, int depth) {
        boolean isIndex = name.matches("[0-9]{1,9}");
        if (!isIndex || Integer.parseInt(name) > size) {
            throw new IllegalArgumentException("Cannot set " + String.join(".", path) + ": " + reached(depth)
                    + " has no entry " + name + " (must be an index from 0 to " + size + ", the last to append)");
        }
        return Integer.parseInt(name);
    }

    private String reached(int depth) {
        return String.join(".", path.subList(0, depth));
    }
}
