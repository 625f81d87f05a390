package io.firesteel.engine.schedule;

/** The ranges that the parts of schedules must lie in; each check returns the value that it passed. */
final class Range {
    private Range() {}

    static double finite(String name, double value) {
        return check(name, value, Double.isFinite(value), "a finite number");
    }

    static double positive(String name, double value) {
        return check(name, value, value > 0 && Double.isFinite(value), "a finite number > 0");
    }

    static double notNegative(String name, double value) {
        return check(name, value, value >= 0 && Double.isFinite(value), "a finite number >= 0");
    }

    static int notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be >= 0)");
        }
        return value;
    }

    static double atLeastOne(String name, double value) {
        return check(name, value, value >= 1 && Double.isFinite(value), "a finite number >= 1");
    }

    static double share(String name, double value) {
        return check(name, value, value > 0 && value < 1, "> 0 and < 1");
    }

    static double factor(String name, double value) {
        return check(name, value, value > 0 && value <= 1, "> 0 and <= 1");
    }

    private static double check(String name, double value, boolean valid, String range) {
        if (!valid) {
            throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be " + range + ")");
        }
        return value;
    }
}
