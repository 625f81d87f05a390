package io.firesteel.engine.comm;

/** The types of numbers that ranks reduce; with the operator, what they must agree on. */
enum NumberType {
    FLOAT32(Float.BYTES),
    FLOAT64(Double.BYTES),
    INT64(Long.BYTES);

    private final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /** As it stands in a frame; never 0. */
    int code(ReduceOperator operator) {
        return 1 + ordinal() * ReduceOperator.values().length + operator.ordinal();
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
