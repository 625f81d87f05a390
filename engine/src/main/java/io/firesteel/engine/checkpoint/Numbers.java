package io.firesteel.engine.checkpoint;

import java.util.Map;

/** Numbers in the metadata of a checkpoint. */
final class Numbers {
    private Numbers() {}

    static long whole(Map<String, String> metadata, String name) {
        String value = metadata.get(name);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("its " + name + " is " + value + " (expected an integer)", e);
        }
    }

    static double decimal(Map<String, String> metadata, String name) {
        String value = metadata.get(name);
        try {
            return Double.parseDouble(value == null ? "" : value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("its " + name + " is " + value + " (expected a number)", e);
        }
    }
}
