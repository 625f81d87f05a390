package io.firesteel.spark.check;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * A sum of finite doubles without any rounding, so that it doesn't depend on the order of adding: a fixed-point number that spans
 * all doubles, in digits of 32 bits whose carries are settled now and then. 560 bytes.
 *
 * @see <a href="https://arxiv.org/abs/1505.05571">Neal, Fast exact summation using small and large superaccumulators, 2015</a>
 */
final class ExactSum {
    /** What the last bit of {@link #units} is worth: 2 to the power of minus this. */
    static final int FRACTION_BITS = 1074;

    private static final int DIGIT_BITS = 32;
    private static final long DIGIT = 0xFFFFFFFFL;
    private static final int DIGITS = (FRACTION_BITS + 1024) / DIGIT_BITS + 4;
    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
    private static final int EXPONENTS = 0x7FF;
    /** A digit takes less than 2^34 of each number. */
    private static final int ADDS_BEFORE_CARRY = 1 << 28;

    private final long[] digits = new long[DIGITS];
    private int adds;

    /** Adds a finite number. */
    void add(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> MANTISSA_BITS) & EXPONENTS;
        long mantissa = exponent == 0 ? bits & MANTISSA : (bits & MANTISSA) | (1L << MANTISSA_BITS);
        int position = Math.max(exponent, 1) - 1;
        int at = position / DIGIT_BITS;
        int offset = position % DIGIT_BITS;
        long low = (mantissa & DIGIT) << offset;
        long high = (mantissa >>> DIGIT_BITS) << offset;
        long sign = (bits >> 63) | 1;
        digits[at] += sign * (low & DIGIT);
        digits[at + 1] += sign * ((low >>> DIGIT_BITS) + (high & DIGIT));
        digits[at + 2] += sign * (high >>> DIGIT_BITS);
        if (++adds == ADDS_BEFORE_CARRY) {
            carry();
        }
    }

    /** Adds the square of a number, exactly where that is between 1e-292 and 1e308. */
    void addSquare(double value) {
        double square = value * value;
        add(square);
        add(Math.fma(value, value, -square));
    }

    void add(ExactSum other) {
        carry();
        other.carry();
        for (int i = 0; i < DIGITS; i++) {
            digits[i] += other.digits[i];
        }
        adds = 1;
    }

    private void carry() {
        for (int i = 0; i < DIGITS - 1; i++) {
            digits[i + 1] += digits[i] >> DIGIT_BITS;
            digits[i] &= DIGIT;
        }
        adds = 0;
    }

    /** The sum, in units of 2^-{@value #FRACTION_BITS}. */
    BigInteger units() {
        carry();
        BigInteger sum = BigInteger.ZERO;
        for (int i = DIGITS - 1; i >= 0; i--) {
            sum = sum.shiftLeft(DIGIT_BITS).add(BigInteger.valueOf(digits[i]));
        }
        return sum;
    }

    void write(DataOutput out) throws IOException {
        carry();
        for (long digit : digits) {
            out.writeLong(digit);
        }
    }

    static ExactSum read(DataInput in) throws IOException {
        ExactSum sum = new ExactSum();
        for (int i = 0; i < DIGITS; i++) {
            sum.digits[i] = in.readLong();
        }
        return sum;
    }
}
