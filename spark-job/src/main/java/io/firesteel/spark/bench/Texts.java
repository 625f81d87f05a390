package io.firesteel.spark.bench;

import java.util.Locale;

/** How figures are printed. */
final class Texts {
    private Texts() {}

    static String decimals(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    static String ratio(double value) {
        return decimals(2, value);
    }

    static String percent(double share) {
        return decimals(1, 100 * share) + " %";
    }
}
