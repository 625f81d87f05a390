package io.firesteel.spark.decide;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as sentences have them. */
public final class Figures {
    private static final int DIGITS = 5;
    private static final int DIGITS_OF_DIFFERENCES = 3;
    private static final int DIGITS_OF_SHARES = 4;
    private static final int LONGEST = 9;

    private Figures() {}

    /** A value with five digits. */
    public static String value(double value) {
        return rounded(value, DIGITS);
    }

    /** A difference with three digits. */
    public static String difference(double value) {
        return rounded(value, DIGITS_OF_DIFFERENCES);
    }

    /** A share of 1 in per cent: {@code 97.5 %}. */
    public static String percent(double share) {
        return rounded(100 * share, DIGITS_OF_SHARES) + " %";
    }

    private static String rounded(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "unknown" : value > 0 ? "infinite" : "-infinite";
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        boolean plain = rounded.signum() == 0
                || (rounded.scale() <= LONGEST && rounded.precision() - rounded.scale() <= LONGEST);
        return plain ? rounded.toPlainString() : rounded.toString();
    }
}
