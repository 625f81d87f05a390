package io.firesteel.engine.kernel;

/**
 * Floating-point numbers of 16 bits, as codes in a {@code short}. Rounding is to the nearest, of two equally near ones to that
 * with an even code. A finite number stays finite: beyond the largest it becomes the largest. Infinity and NaN stay what they
 * are. Thread-safe.
 */
public enum NarrowFloat {
    /** IEEE 754 binary16: 11 significant bits, from 6e-8 to 65504. */
    FLOAT16 {
        @Override
        public void encode(float[] values, short[] codes, int count) {
            for (int i = 0; i < count; i++) {
                codes[i] = (short) toFloat16(Float.floatToRawIntBits(values[i]));
            }
        }

        @Override
        public void decode(short[] codes, float[] values, int count) {
            for (int i = 0; i < count; i++) {
                values[i] = ofFloat16(codes[i]);
            }
        }
    },
    /** The upper half of a binary32: 8 significant bits, the range of float32. */
    BFLOAT16 {
        @Override
        public void encode(float[] values, short[] codes, int count) {
            for (int i = 0; i < count; i++) {
                codes[i] = (short) toBfloat16(Float.floatToRawIntBits(values[i]));
            }
        }

        @Override
        public void decode(short[] codes, float[] values, int count) {
            for (int i = 0; i < count; i++) {
                values[i] = Float.intBitsToFloat(codes[i] << HALF);
            }
        }
    };

    private static final int HALF = 16;
    private static final int SIGN = 0x8000;
    private static final int MAGNITUDE = 0x7fffffff;
    private static final int INFINITY = 0x7f800000;
    private static final int DROPPED = 13;
    private static final int EXPONENT_SHIFT = (127 - 15) << 23;
    private static final int FLOAT16_NORMAL = (127 - 14) << 23;
    private static final int FLOAT16_MAX = 0x7bff;
    private static final int FLOAT16_INFINITY = 0x7c00;
    private static final int FLOAT16_NAN = 0x7e00;
    private static final int FLOAT16_FRACTION = 0x3ff;
    private static final int BFLOAT16_MAX = 0x7f7f;
    private static final int BFLOAT16_NAN = 0x7fc0;

    /** Writes the codes of the first {@code count} values. */
    public abstract void encode(float[] values, short[] codes, int count);

    /** Writes the values of the first {@code count} codes, exactly. */
    public abstract void decode(short[] codes, float[] values, int count);

    private static int toBfloat16(int bits) {
        int magnitude = bits & MAGNITUDE;
        int sign = bits >>> HALF & SIGN;
        if (magnitude > INFINITY) {
            return sign | BFLOAT16_NAN;
        }
        int rounded = (magnitude + 0x7fff + (magnitude >>> HALF & 1)) >>> HALF;
        return sign | (magnitude < INFINITY ? Math.min(rounded, BFLOAT16_MAX) : rounded);
    }

    private static int toFloat16(int bits) {
        int magnitude = bits & MAGNITUDE;
        int sign = bits >>> HALF & SIGN;
        if (magnitude >= INFINITY) {
            return sign | (magnitude > INFINITY ? FLOAT16_NAN : FLOAT16_INFINITY);
        }
        if (magnitude < FLOAT16_NORMAL) {
            return sign | subnormal(magnitude);
        }
        int rounded = (magnitude - EXPONENT_SHIFT + 0xfff + (magnitude >>> DROPPED & 1)) >>> DROPPED;
        return sign | Math.min(rounded, FLOAT16_MAX);
    }

    /** Added to a half, the sum has no room for what is smaller than 2^-24: the processor's own rounding takes it away. */
    private static int subnormal(int magnitude) {
        float rounded = Float.intBitsToFloat(magnitude) + 0.5f;
        return Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(0.5f);
    }

    private static float ofFloat16(short code) {
        int magnitude = code & 0x7fff;
        int sign = (code & SIGN) << HALF;
        if (magnitude <= FLOAT16_FRACTION) {
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude * 0x1p-24f));
        }
        int shifted = (magnitude << DROPPED) + EXPONENT_SHIFT;
        return Float.intBitsToFloat(sign | (magnitude < FLOAT16_INFINITY ? shifted : shifted | INFINITY));
    }
}
