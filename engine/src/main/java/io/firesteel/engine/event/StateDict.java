package io.firesteel.engine.event;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The state of a handler or an engine, as values by name: long, double, boolean, String, {@code long[]}, {@code double[]} and
 * {@code float[]}. Immutable; arrays are copied in and out. The version is that of the owner's layout: a class that changes
 * what its names mean counts it up, and refuses or converts older ones.
 */
public final class StateDict {
    static final String TYPES = "long, double, boolean, String, long[], double[] or float[]";

    private static final List<Class<?>> CLASSES =
            List.of(Long.class, Double.class, Boolean.class, String.class, long[].class, double[].class, float[].class);

    private final int version;
    private final Map<String, Object> values;

    private StateDict(int version, Map<String, Object> values) {
        this.version = version;
        this.values = values;
    }

    /**
     * Begins a state.
     *
     * @param version of the owner's layout, &gt;= 1
     */
    public static Builder builder(int version) {
        return new Builder(version);
    }

    /**
     * A state of what a plain map holds, in its order; Integer and Short are taken as long, Float as double.
     *
     * @param version of the owner's layout, &gt;= 1
     * @throws IllegalArgumentException if a value has another type
     */
    public static StateDict of(int version, Map<String, ?> values) {
        Builder builder = builder(version);
        values.forEach(builder::putAny);
        return builder.build();
    }

    static boolean holds(Class<?> type) {
        return CLASSES.contains(type);
    }

    /** Of the owner's layout. */
    public int version() {
        return version;
    }

    /** In the order in which they were put. */
    public Set<String> names() {
        return values.keySet();
    }

    /**
     * Checks what every {@link Stateful#restore} has to: that the state is of this version and has these names and no others.
     *
     * @return this
     * @throws IllegalArgumentException if not
     */
    public StateDict require(int expectedVersion, String... expectedNames) {
        if (version != expectedVersion) {
            throw new IllegalArgumentException(
                    "Cannot read the state: its version is " + version + " (expected " + expectedVersion + ")");
        }
        Set<String> expected = new TreeSet<>(List.of(expectedNames));
        if (!values.keySet().equals(expected)) {
            throw new IllegalArgumentException(
                    "Cannot read the state: it has " + new TreeSet<>(values.keySet()) + " (expected " + expected + ")");
        }
        return this;
    }

    /**
     * A whole number.
     *
     * @throws IllegalArgumentException if there is none of that name, as for the following
     */
    public long longValue(String name) {
        return value(name, Long.class);
    }

    public double doubleValue(String name) {
        return value(name, Double.class);
    }

    public boolean booleanValue(String name) {
        return value(name, Boolean.class);
    }

    public String string(String name) {
        return value(name, String.class);
    }

    public long[] longs(String name) {
        return value(name, long[].class).clone();
    }

    public double[] doubles(String name) {
        return value(name, double[].class).clone();
    }

    public float[] floats(String name) {
        return value(name, float[].class).clone();
    }

    private <T> T value(String name, Class<T> type) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Cannot read " + name + " of the state: there is none (it has "
                    + new TreeSet<>(values.keySet()) + ")");
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("Cannot read " + name + " of the state: it is a " + typeName(value)
                    + " (expected a " + type.getSimpleName() + ")");
        }
        return type.cast(value);
    }

    private static String typeName(Object value) {
        return value.getClass().getSimpleName();
    }

    /** The values by name, in order: Long, Double, Boolean, String and arrays, which are copies. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        values.forEach((name, value) -> map.put(name, copy(value)));
        return map;
    }

    private static Object copy(Object value) {
        if (!value.getClass().isArray()) {
            return value;
        }
        int length = Array.getLength(value);
        Object copy = Array.newInstance(value.getClass().getComponentType(), length);
        System.arraycopy(value, 0, copy, 0, length);
        return copy;
    }

    /** In a format of our own, of which every version stays readable. */
    public byte[] toBytes() {
        return StateDictBytes.of(version, values);
    }

    /**
     * What {@link #toBytes()} gave.
     *
     * @throws IllegalArgumentException if the bytes aren't a state, or damaged
     */
    public static StateDict fromBytes(byte[] bytes) {
        return new StateDictBytes(bytes).read();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateDict dict
                && version == dict.version
                && values.keySet().equals(dict.values.keySet())
                && values.keySet().stream()
                        .allMatch(name -> Arrays.deepEquals(
                                new Object[] {values.get(name)}, new Object[] {dict.values.get(name)}));
    }

    @Override
    public int hashCode() {
        int hash = version;
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            hash += entry.getKey().hashCode() ^ Arrays.deepHashCode(new Object[] {entry.getValue()});
        }
        return hash;
    }

    @Override
    public String toString() {
        return "version " + version + " of " + new TreeSet<>(values.keySet());
    }

    /** Collects the values of a state; each name once. */
    public static final class Builder {
        private final int version;
        private final Map<String, Object> values = new LinkedHashMap<>();

        private Builder(int version) {
            if (version < 1) {
                throw new IllegalArgumentException("Invalid version: " + version + " (must be >= 1)");
            }
            this.version = version;
        }

        public Builder put(String name, long value) {
            return add(name, value);
        }

        public Builder put(String name, double value) {
            return add(name, value);
        }

        public Builder put(String name, boolean value) {
            return add(name, value);
        }

        public Builder put(String name, String value) {
            return add(name, value);
        }

        public Builder put(String name, long[] value) {
            return add(name, value);
        }

        public Builder put(String name, double[] value) {
            return add(name, value);
        }

        public Builder put(String name, float[] value) {
            return add(name, value);
        }

        public StateDict build() {
            return new StateDict(version, Collections.unmodifiableMap(new LinkedHashMap<>(values)));
        }

        Builder putAny(String name, Object value) {
            if (value instanceof Integer || value instanceof Short) {
                return add(name, ((Number) value).longValue());
            }
            return add(name, value instanceof Float single ? (Object) single.doubleValue() : value);
        }

        private Builder add(String name, Object value) {
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("Invalid name: " + name + " (must not be blank)");
            }
            if (value == null || !holds(value.getClass())) {
                throw new IllegalArgumentException("Invalid " + name + ": "
                        + (value == null ? null : value.getClass().getName()) + " (must be a " + TYPES + ")");
            }
            if (values.putIfAbsent(name, copy(value)) != null) {
                throw new IllegalArgumentException(
                        "Cannot put " + name + " into the state: it has one already" + " (expected each name once)");
            }
            return this;
        }
    }
}
