package io.firesteel.engine.comm;

/** Which part of a vector each rank sums: its slice of a partition, or all of it. */
record Slices(Partition partition, boolean whole) {
    /** Every rank sums everything. */
    static Slices whole(int elements, int worldSize) {
        return new Slices(Partition.even(elements, worldSize), true);
    }

    /** Each rank sums its slice. */
    static Slices of(Partition partition) {
        return new Slices(partition, false);
    }

    int elements() {
        return partition.elements();
    }

    int from(int rank) {
        return whole ? 0 : partition.from(rank);
    }

    int length(int rank) {
        return whole ? partition.elements() : partition.length(rank);
    }
}
