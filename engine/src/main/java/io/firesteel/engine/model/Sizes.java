package io.firesteel.engine.model;

/** Checks the sizes in model specs. */
final class Sizes {
    private Sizes() {}

    static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be > 0)");
        }
    }
}
