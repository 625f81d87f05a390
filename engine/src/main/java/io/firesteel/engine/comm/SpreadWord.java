package io.firesteel.engine.comm;

/**
 * Small numbers as they stand in memory that a peer writes: multiplied by a constant, so that one which was written over, be it in
 * a single bit, turns into a number far from any that can be.
 */
final class SpreadWord {
    /** The golden ratio's fraction in 64 bits, which is odd, and its inverse modulo 2^64. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final long GATHER = 0xF1DE83E19937733DL;

    private SpreadWord() {}

    /** What stands in memory for a number. */
    static long of(long number) {
        return number * SPREAD;
    }

    /** The number that a word in memory stands for. */
    static long read(long word) {
        return word * GATHER;
    }
}
