package io.firesteel.spark.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers in sentences. */
final class Wording {
    private static final int DIGITS = 4;

    private Wording() {}

    /** Four digits are enough to see by how much. */
    static String number(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString((long) number);
        }
        BigDecimal rounded =
                new BigDecimal(number).round(new MathContext(DIGITS)).stripTrailingZeros();
        boolean plain = Math.abs(number) >= 1e-4 && Math.abs(number) < 1e7;
        return plain ? rounded.toPlainString() : rounded.toString();
    }

    static String percent(double share) {
        return number(Math.round(share * 1e4) / 1e2) + " %";
    }

    static String rows(long rows) {
        return String.format(Locale.ROOT, "%,d %s", rows, rows == 1 ? "row" : "rows");
    }
}
