package io.firesteel.engine.comm;

/**
 * How a vector is cut that all ranks sum together: a slice for each, which begins at a cache line where the vector does, and of
 * that pieces, so that the others can take one while the next is made.
 *
 * @param slices by rank
 * @param pieceElements of each piece but the last of a slice
 */
record SumPieces(Partition slices, int pieceElements) {
    /** Larger ones wouldn't stay in the caches until the others have taken them. */
    private static final int MOST = 64 << 10;

    /** Smaller ones cost more to announce than they save. */
    private static final int FEWEST = 8 << 10;

    /** Pieces of a slice that is neither large nor small. */
    private static final int PIECES = 4;

    /** Floats of a cache line's neighbourhood. */
    private static final int MULTIPLE = 64;

    /** Depends on what all ranks agree on. */
    static SumPieces of(int elements, int ranks) {
        return of(Partition.aligned(elements, ranks, MULTIPLE));
    }

    /** Pieces of slices that are given. */
    static SumPieces of(Partition slices) {
        int slice = slices.elements() / slices.parts() + 1;
        return new SumPieces(slices, Math.max(FEWEST, Math.min(MOST, slice / PIECES + 1)));
    }

    int elements() {
        return slices.elements();
    }

    /** Pieces of a rank's slice. */
    int count(int rank) {
        return (int) (((long) slices.length(rank) + pieceElements - 1) / pieceElements);
    }

    /** The first element of a piece. */
    int from(int rank, int piece) {
        return slices.from(rank) + piece * pieceElements;
    }

    /** Elements of a piece. */
    int length(int rank, int piece) {
        return Math.min(pieceElements, slices.length(rank) - piece * pieceElements);
    }
}
