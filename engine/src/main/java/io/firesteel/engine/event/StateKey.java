package io.firesteel.engine.event;

/**
 * Under which a handler or process function keeps a value of its own in the {@link State} of an engine, for others to read.
 * A value of a {@link #saved} key is part of {@link Engine#stateDict()}.
 *
 * @param <T> type of the value
 * @param name unique in an engine
 * @param type class of the value; of a saved one Long, Double, Boolean, String, {@code long[]}, {@code double[]} or {@code
 *     float[]}
 * @param isSaved whether the value goes into the state dict
 */
public record StateKey<T>(String name, Class<T> type, boolean isSaved) {
    public StateKey {
        if (name == null || name.isBlank() || type == null) {
            throw new IllegalArgumentException(
                    "Cannot create a state key: name is " + name + ", type is " + type + " (expected both)");
        }
        if (type.isPrimitive()) {
            throw new IllegalArgumentException("Cannot create state key " + name + ": its type is " + type
                    + " (expected a class, such as Long for long)");
        }
        if (isSaved && !StateDict.holds(type)) {
            throw new IllegalArgumentException("Cannot create state key " + name + ": a " + type.getName()
                    + " can't be saved (expected " + StateDict.TYPES + "; or a key that isn't saved, by StateKey.of)");
        }
        if (isSaved && ProgressMap.isKey(name)) {
            throw new IllegalArgumentException("Cannot create state key " + name
                    + ": the position of a run is saved under that name (expected another)");
        }
    }

    /** Of a value that lives as long as the program. */
    public static <T> StateKey<T> of(String name, Class<T> type) {
        return new StateKey<>(name, type, false);
    }

    /** Of a value that is saved and restored with the engine's position. */
    public static <T> StateKey<T> saved(String name, Class<T> type) {
        return new StateKey<>(name, type, true);
    }
}
