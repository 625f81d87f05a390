package io.firesteel.spark.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node of the YAML tree, with the place where it was written; immutable. */
sealed interface YamlValue {
    Origin origin();

    /** How a message shows the value. */
    String shown();

    /** What YAML takes a scalar for. */
    enum Kind {
        STRING,
        INTEGER,
        FLOAT,
        BOOLEAN,
        NULL
    }

    /**
     * A single value.
     *
     * @param text the value, after substitution
     * @param written the value as it stands in the file
     */
    record Scalar(Origin origin, Kind kind, String text, String written) implements YamlValue {
        private static final int SHOWN = 80;

        boolean isSubstituted() {
            return !text.equals(written);
        }

        @Override
        public String shown() {
            if (isSubstituted()) {
                return shortened(text) + ", from " + shortened(written);
            }
            return kind == Kind.STRING ? '"' + shortened(text) + '"' : shortened(text);
        }

        private static String shortened(String text) {
            String oneLine = text.replace("\n", "\\n");
            return oneLine.length() <= SHOWN ? oneLine : oneLine.substring(0, SHOWN) + "…";
        }
    }

    /** A list. */
    record Sequence(Origin origin, List<YamlValue> items) implements YamlValue {
        public Sequence {
            items = List.copyOf(items);
        }

        /** This list with one item replaced, or appended where {@code index} is the size. */
        Sequence with(int index, YamlValue item) {
            List<YamlValue> changed = new ArrayList<>(items);
            if (index == changed.size()) {
                changed.add(item);
            } else {
                changed.set(index, item);
            }
            return new Sequence(origin, changed);
        }

        @Override
        public String shown() {
            return "a list";
        }
    }

    /**
     * A key's value.
     *
     * @param origin where the key stands
     */
    record Entry(Origin origin, YamlValue value) {}

    /** Names with values, in the order of the file. */
    record Mapping(Origin origin, Map<String, Entry> entries) implements YamlValue {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        Optional<YamlValue> find(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        /** This mapping with one value replaced or added. */
        Mapping with(String key, YamlValue value) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.put(key, new Entry(value.origin(), value));
            return new Mapping(origin, changed);
        }

        @Override
        public String shown() {
            return "a mapping";
        }
    }
}
