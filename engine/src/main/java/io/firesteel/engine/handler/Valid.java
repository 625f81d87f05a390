package io.firesteel.engine.handler;

import java.time.Duration;

/** The ranges that options of handlers must lie in. */
final class Valid {
    private Valid() {}

    static void name(String what, String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("Invalid " + what + ": " + name + " (must not be blank)");
        }
    }

    static void positive(String what, long value) {
        check(what, value, value > 0, "> 0");
    }

    static void notNegative(String what, long value) {
        check(what, value, value >= 0, ">= 0");
    }

    static void positive(String what, double value) {
        check(what, value, value > 0 && Double.isFinite(value), "a finite number > 0");
    }

    static void notNegative(String what, double value) {
        check(what, value, value >= 0 && Double.isFinite(value), "a finite number >= 0");
    }

    static void share(String what, double value) {
        check(what, value, value > 0 && value <= 1, "> 0 and <= 1");
    }

    static void positive(String what, Duration value) {
        check(what, value, !value.isNegative() && !value.isZero(), "> 0");
    }

    static void check(String what, Object value, boolean valid, String range) {
        if (!valid) {
            throw new IllegalArgumentException("Invalid " + what + ": " + value + " (must be " + range + ")");
        }
    }
}
