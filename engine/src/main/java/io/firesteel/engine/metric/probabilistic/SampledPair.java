package io.firesteel.engine.metric.probabilistic;

import java.util.Arrays;

/** A row of numbers, ordered by a hash of them: the lowest are a sample that has nothing to do with what they are. */
final class SampledPair implements Comparable<SampledPair> {
    private final long hash;
    private final double[] values;

    /** Takes the array, which must not change any more. */
    SampledPair(long hash, double[] values) {
        this.hash = hash;
        this.values = values;
    }

    /** SplitMix's mixing of each number's bits into those before; 0 and -0 are the same. */
    static long hash(double[] values) {
        long hash = 0;
        for (double value : values) {
            hash = mixed(hash + 0x9e3779b97f4a7c15L + Double.doubleToLongBits(value + 0.0));
        }
        return hash;
    }

    private static long mixed(long bits) {
        long first = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
        return second ^ (second >>> 31);
    }

    long hash() {
        return hash;
    }

    double[] values(int from, int to) {
        return Arrays.copyOfRange(values, from, to);
    }

    @Override
    public int compareTo(SampledPair other) {
        int byHash = Long.compare(hash, other.hash);
        return byHash != 0 ? byHash : Arrays.compare(values, other.values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SampledPair pair && compareTo(pair) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }
}
