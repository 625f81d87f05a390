package io.firesteel.engine.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What handlers keep in an engine's state, by key. */
final class UserValues {
    private final Map<StateKey<?>, Object> values = new LinkedHashMap<>();
    private final Map<String, StateKey<?>> keys = new LinkedHashMap<>();

    /** Saved values that nobody has asked for yet, by name: only then their key is known. */
    private final Map<String, Object> waiting = new LinkedHashMap<>();

    <T> Optional<T> find(StateKey<T> key) {
        check(key);
        claim(key);
        return Optional.ofNullable(key.type().cast(values.get(key)));
    }

    <T> void put(StateKey<T> key, T value) {
        check(key);
        if (!key.type().isInstance(value)) {
            throw new IllegalArgumentException("Cannot put state value " + key.name() + ": it is " + value
                    + " (expected a " + key.type().getSimpleName() + ")");
        }
        keys.put(key.name(), key);
        values.put(key, value);
        if (key.isSaved()) {
            waiting.remove(key.name());
        }
    }

    private void claim(StateKey<?> key) {
        if (key.isSaved() && waiting.containsKey(key.name())) {
            checkType(key, waiting.get(key.name()));
            keys.put(key.name(), key);
            values.put(key, waiting.remove(key.name()));
        }
    }

    private void check(StateKey<?> key) {
        StateKey<?> present = keys.get(key.name());
        if (present != null && !present.equals(key)) {
            throw new IllegalArgumentException("Cannot use state key " + key.name()
                    + ": there is another of that name (" + describe(present) + ", expected " + describe(key) + ")");
        }
    }

    private static String describe(StateKey<?> key) {
        return key.type().getSimpleName() + (key.isSaved() ? ", saved" : ", not saved");
    }

    /** The values that are saved, by name; those that wait for their key too, so that the next save doesn't lose them. */
    Map<String, Object> saved() {
        Map<String, Object> saved = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (key.isSaved()) {
                saved.put(key.name(), value);
            }
        });
        saved.putAll(waiting);
        return saved;
    }

    /** Takes saved values over where their keys are known, and keeps the others until they are; all or none. */
    void adopt(Map<String, Object> saved) {
        saved.forEach((name, value) -> {
            if (keys.containsKey(name)) {
                checkIsSaved(keys.get(name));
                checkType(keys.get(name), value);
            }
        });
        saved.forEach((name, value) -> {
            if (keys.containsKey(name)) {
                values.put(keys.get(name), value);
            } else {
                waiting.put(name, value);
            }
        });
    }

    private static void checkIsSaved(StateKey<?> key) {
        if (!key.isSaved()) {
            throw new IllegalArgumentException("Cannot restore state value " + key.name()
                    + ": its key is not saved (expected one of StateKey.saved, as where it came from)");
        }
    }

    /** Takes the saved values over, all or none. */
    void restore(Map<String, Object> saved) {
        Map<String, Object> wanted = saved();
        if (!saved.keySet().equals(wanted.keySet())) {
            TreeSet<String> missing = new TreeSet<>(wanted.keySet());
            missing.removeAll(saved.keySet());
            TreeSet<String> unknown = new TreeSet<>(saved.keySet());
            unknown.removeAll(wanted.keySet());
            throw new IllegalArgumentException("Cannot restore state values: missing are " + missing + ", unknown are "
                    + unknown + " (expected " + new TreeSet<>(wanted.keySet())
                    + ", those with a saved key that were put into the state)");
        }
        adopt(saved);
    }

    private static void checkType(StateKey<?> key, Object value) {
        if (!key.type().isInstance(value)) {
            throw new IllegalArgumentException("Cannot restore state value " + key.name() + ": it is a "
                    + value.getClass().getSimpleName() + " (expected a "
                    + key.type().getSimpleName() + ")");
        }
    }
}
