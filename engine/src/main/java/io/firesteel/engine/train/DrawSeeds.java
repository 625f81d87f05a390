package io.firesteel.engine.train;

/**
 * Seeds for what layers draw: one for each step of each shard, so that it is the same whichever replica hosts the shard, and
 * whether or not the run has gone on from a checkpoint.
 *
 * @param seed the run's
 */
record DrawSeeds(long seed) {
    /** 2^64 divided by the golden ratio, made odd: neighbours end up far from each other. */
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    long of(long iteration, int shard) {
        return mixed(mixed(mixed(seed + GAMMA) + iteration * GAMMA) + shard * GAMMA);
    }

    /** The finalizer of SplitMix64: every input bit moves about half of the output bits. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
