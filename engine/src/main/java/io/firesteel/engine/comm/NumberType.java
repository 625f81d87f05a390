package io.firesteel.engine.comm;

/** The types of numbers that ranks reduce; with the operator, what they must agree on. */
enum NumberType {
    FLOAT32(0x10, Float.BYTES),
    FLOAT64(0x20, Double.BYTES),
    INT64(0x30, Long.BYTES);

    private final int code;
    private final int bytes;

    NumberType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /** As it stands in a frame; never 0. */
    int code(ReduceOperator operator) {
        return code + operator.code();
    }

    /** What a code stands for, in messages. */
    static String describe(int code) {
        for (NumberType type : values()) {
            for (ReduceOperator operator : ReduceOperator.values()) {
                if (type.code(operator) == code) {
                    return operator + " of " + type;
                }
            }
        }
        return "an unknown operator (" + code + ")";
    }
}
