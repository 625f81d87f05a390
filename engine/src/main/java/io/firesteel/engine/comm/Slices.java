package io.firesteel.engine.comm;

/** Which part of a vector each rank sums. */
final class Slices {
    private final int elements;
    private final int worldSize;
    private final boolean whole;

    private Slices(int elements, int worldSize, boolean whole) {
        this.elements = elements;
        this.worldSize = worldSize;
        this.whole = whole;
    }

    /** Every rank sums everything. */
    static Slices whole(int elements, int worldSize) {
        return new Slices(elements, worldSize, true);
    }

    /** Each rank sums one part; lengths differ by at most 1. */
    static Slices even(int elements, int worldSize) {
        return new Slices(elements, worldSize, false);
    }

    int elements() {
        return elements;
    }

    int from(int rank) {
        return whole ? 0 : bound(rank);
    }

    int length(int rank) {
        return whole ? elements : bound(rank + 1) - bound(rank);
    }

    private int bound(int rank) {
        return (int) ((long) elements * rank / worldSize);
    }
}
