package io.firesteel.engine.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values such as JSON has, in order, that nobody changes any more. */
final class Details {
    private Details() {}

    static Map<String, Object> copyOf(Map<String, ?> details) {
        Map<String, Object> copy = new LinkedHashMap<>();
        details.forEach((name, value) -> copy.put(name, copyOf(name, value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object copyOf(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(String.valueOf(key), copyOf(name + "." + key, inner)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(copyOf(name, inner)));
            return Collections.unmodifiableList(copy);
        }
        if (value == null || value instanceof String || value instanceof Boolean || isFinite(value)) {
            return value;
        }
        throw new IllegalArgumentException("Invalid detail " + name + ": " + value
                + " (must be text, a finite number, a boolean, a list, a map or null)");
    }

    private static boolean isFinite(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }
}
