package io.firesteel.engine.data;

/**
 * The generator of Steele, Lea, Flood, <i>Fast splittable pseudorandom number generators</i> (2014), as public code
 * calls it: equal bits on every JVM, every input bit moves about half of the output bits.
 */
final class SplitMix64 {
    /** The step of the state from one output to the next: 2^64 divided by the golden ratio, made odd. */
    static final long GAMMA = 0x9E3779B97F4A7C15L;

    private SplitMix64() {}

    /** The output that follows {@code state}; a bijection of the 64-bit numbers that doesn't map 0 to 0. */
    static long next(long state) {
        return mix(state + GAMMA);
    }

    /** The finalizer alone: a bijection of the 64-bit numbers that maps 0 to 0. */
    static long mix(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
