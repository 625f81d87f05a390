package io.firesteel.engine.optim;

/**
 * L2 norms over parameters, or over all of them, as sums of the sums of blocks, in the order of the blocks: whoever owns
 * which block, the bits are the same.
 */
final class BlockNorms {
    private final Partition partition;
    private final BlockSums sums;
    private double[] entries = {};
    private int kinds;

    BlockNorms(Partition partition, BlockSums sums) {
        this.partition = partition;
        this.sums = sums;
    }

    int segments() {
        return partition.segmentCount();
    }

    int group(int segment) {
        return partition.group(segment);
    }

    /** Starts over with so many norms per parameter. */
    void begin(int kindsOfNorms) {
        kinds = kindsOfNorms;
        entries = new double[Math.multiplyExact(partition.entryCount(), kinds)];
    }

    void put(Piece piece, int kind, double sumOfSquares) {
        entries[piece.entry() * kinds + kind] = sumOfSquares;
    }

    /** Completes the sums over all slices. Collective. */
    void reduce() {
        sums.allReduce(entries);
    }

    /** A parameter's norm. */
    double norm(int segment, int kind) {
        double sum = 0;
        for (int entry = partition.firstEntry(segment); entry < partition.firstEntry(segment + 1); entry++) {
            sum += entries[entry * kinds + kind];
        }
        return Math.sqrt(sum);
    }

    /** The norm over all parameters, where there is one kind of norm. */
    double total() {
        double sum = 0;
        for (double entry : entries) {
            sum += entry;
        }
        return Math.sqrt(sum);
    }
}
