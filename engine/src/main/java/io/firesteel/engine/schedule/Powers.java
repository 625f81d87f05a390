package io.firesteel.engine.schedule;

/** A value after a number of multiplications by a factor, with StrictMath, whose bits don't depend on the machine. */
final class Powers {
    private Powers() {}

    /** {@code start factor^exponent}; 0 stays 0 however large the power is. */
    static double of(double start, double factor, double exponent) {
        return start == 0 ? 0 : start * StrictMath.pow(factor, exponent);
    }
}
