package io.firesteel.engine.optim;

/** The ranges that optimizer hyper-parameters must lie in; each check returns the value that it passed. */
final class Hyperparameter {
    private Hyperparameter() {}

    static double positive(String name, double value) {
        return check(name, value, value > 0 && Double.isFinite(value), "a finite number > 0");
    }

    static double notNegative(String name, double value) {
        return check(name, value, value >= 0 && Double.isFinite(value), "a finite number >= 0");
    }

    static double fraction(String name, double value) {
        return check(name, value, value >= 0 && value < 1, "in [0, 1)");
    }

    static double share(String name, double value) {
        return check(name, value, value >= 0 && value <= 1, "in [0, 1]");
    }

    private static double check(String name, double value, boolean valid, String range) {
        if (!valid) {
            throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be " + range + ")");
        }
        return value;
    }
}
