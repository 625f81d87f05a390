package io.firesteel.engine.comm;

/**
 * How {@link Communicator#allReduce} combines the values of the ranks: always in the order of the ranks, so that the
 * result is the same bits on every rank and from run to run.
 */
public enum ReduceOperator {
    /** The left fold of additions; int64 sums wrap around. */
    SUM(1),
    /** The smallest, as {@link Math#min(float, float)} has it: NaN if one is NaN, and -0.0 below +0.0. */
    MIN(2),
    /** The largest, as {@link Math#max(float, float)} has it: NaN if one is NaN, and +0.0 above -0.0. */
    MAX(3),
    /** {@link #SUM} divided by the number of ranks, in the type of the values; int64 rounds towards zero. */
    MEAN(4);

    private final int code;

    ReduceOperator(int code) {
        this.code = code;
    }

    /** As it stands in a frame. */
    int code() {
        return code;
    }

    /** The operation on two values, of which a mean is made in the end. */
    ReduceOperator pairwise() {
        return this == MEAN ? SUM : this;
    }
}
