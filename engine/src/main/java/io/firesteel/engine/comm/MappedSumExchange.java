package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The sum of vectors that lie in memory which all ranks have mapped, in place. No value travels: every rank sums its slice from
 * where all the vectors lie into its own vector, and copies the other slices of the sum from the ranks that made them; or it does
 * one of the two alone. Frames only say how far a rank has come.
 *
 * <p>A frame holds words of 8 bytes: the region and the offset of the sender's vector, which may be read from then on; then one
 * for each piece of its slice, which is summed; and at last one that says it reads the receiver's memory no more. A rank's
 * slice of another's vector is read by that rank alone, so the word for a piece also says that its place may be written over.
 * Each is a {@link SpreadWord}: one that was changed is found.
 */
final class MappedSumExchange implements Reduction {
    /** Stands in the header beside the label: a rank whose vector lies elsewhere doesn't understand what follows. */
    private static final int MARK = 1 << 30;

    private static final int REGION = 0;
    private static final int OFFSET = 1;
    private static final int FIRST_PIECE = 2;

    /** Bits of the header that are free for what has to agree. */
    private static final int LABEL_BITS = 0xFFFFFF;

    /** What is done with the vectors. */
    enum Stages {
        /** The whole sum. */
        BOTH(true, true),
        /** Every rank's slice of the sum stays where it is. */
        FOLD(true, false),
        /** Slices that are there already. */
        COPY(false, true);

        private final boolean folds;
        private final boolean copies;

        Stages(boolean folds, boolean copies) {
            this.folds = folds;
            this.copies = copies;
        }
    }

    /**
     * What all ranks have to agree on.
     *
     * @param operation the operation and its number
     * @param stages what is done
     * @param pieces how the vector is cut
     * @param label stands in the header
     */
    record Plan(OperationNumber operation, Stages stages, SumPieces pieces, int label) {
        /** Of a sum of so many elements; the label says what of, 0 for nothing. */
        static Plan ofSum(OperationNumber operation, int label, int elements, int ranks) {
            return new Plan(operation, Stages.BOTH, SumPieces.of(elements, ranks), label);
        }

        /** Of one stage, over slices that are given. */
        static Plan of(OperationNumber operation, Stages stages, Partition slices) {
            return new Plan(operation, stages, SumPieces.of(slices), slices.hashCode() & LABEL_BITS);
        }
    }

    private final OperationNumber operation;
    private final Stages stages;
    private final int label;
    private final Roster roster;
    private final int own;
    private final SumPieces pieces;
    private final SharedRegions regions;
    private final SharedVector vector;
    private final FloatBuffer[] vectors;
    private final SharedRegion[] regionOf;
    private final MappedFold fold;
    /** Peers whose vectors may not be read yet. */
    private int unready;

    private int summed;
    /** Pieces of each peer's sum that are in this rank's vector, or needn't be. */
    private final int[] copied;

    /**
     * An exchange that has not begun.
     *
     * @param regions in which the others' vectors are
     * @param vector this rank's, which the sum, or its slice of it, or the slices of the others replace
     */
    MappedSumExchange(Plan plan, Roster roster, FloatNumbers numbers, SharedRegions regions, SharedVector vector) {
        this.operation = plan.operation;
        this.stages = plan.stages;
        this.pieces = plan.pieces;
        this.label = plan.label;
        this.roster = roster;
        this.regions = regions;
        this.vector = vector;
        own = roster.position();
        vectors = new FloatBuffer[roster.size()];
        vectors[own] = vector.values();
        regionOf = new SharedRegion[roster.size()];
        fold = new MappedFold(numbers, vectors, own);
        unready = roster.size() - 1;
        summed = stages.folds ? 0 : pieces.count(own);
        copied = new int[roster.size()];
    }

    /** Refuses the frame of a rank that reads its peers' memory, where this rank's is elsewhere. */
    static void checkUnmarked(int peer, Frame frame, int ownRank) throws Fault {
        if ((frame.count() & MARK) != 0) {
            throw elsewhere(peer, frame, "in", ownRank, "outside");
        }
    }

    private static Fault elsewhere(int peer, Frame frame, String theirs, int ownRank, String own) {
        return Fault.protocol(
                peer,
                "called " + frame.title() + " with a vector " + theirs + " allocated memory while rank " + ownRank
                        + " called it with one " + own + " it");
    }

    @Override
    public long totalContributions() {
        return roster.size();
    }

    @Override
    public long valueBytes(int peer) {
        Partition slices = pieces.slices();
        long read = stages.folds ? slices.length(peer) : 0;
        return (read + (stages.copies ? slices.length(own) : 0)) * Float.BYTES;
    }

    @Override
    public Frame frameTo(int peer) {
        return operation.frame(bytes(own), pieces.elements(), MARK | label);
    }

    private long bytes(int rank) {
        return (lastWord(rank) + 1L) * Long.BYTES;
    }

    /** Says that the rank is done with the receiver's memory. */
    private int lastWord(int rank) {
        return FIRST_PIECE + pieces.count(rank);
    }

    /** Everyone waits for the last to enter; after that each owes this rank its own. */
    @Override
    public boolean awaits(int peer) {
        return unready == 0 || vectors[peer] == null;
    }

    @Override
    public void fill(int peer, long offset, ByteBuffer target) {
        int word = (int) (offset / Long.BYTES);
        if (word == FIRST_PIECE + summed && target.remaining() >= Long.BYTES) {
            sum();
        }
        while (word < shown(peer) && target.remaining() >= Long.BYTES) {
            target.putLong(SpreadWord.of(value(own, word, vector)));
            word++;
        }
    }

    private void sum() {
        if (unready == 0 && summed < pieces.count(own)) {
            fold.fold(pieces.from(own, summed), pieces.length(own, summed));
            summed++;
        }
    }

    /** Words that the peer may see by now. */
    private int shown(int peer) {
        boolean hasAll = !stages.copies || copied[peer] == pieces.count(peer);
        boolean done = summed == pieces.count(own) && hasAll && unready == 0;
        return FIRST_PIECE + summed + (done ? 1 : 0);
    }

    private static long value(int rank, int word, SharedVector place) {
        return switch (word) {
            case REGION -> place.region().number();
            case OFFSET -> place.offset();
            default -> word + ((long) rank << Integer.SIZE);
        };
    }

    @Override
    public void accept(int peer, Frame frame) throws Fault {
        if (frame.argument() != pieces.elements()) {
            throw Fault.protocol(
                    peer,
                    "called " + frame.title() + " with vectors of " + frame.argument() + " elements while rank "
                            + roster.rank() + " called it with " + pieces.elements());
        }
        if ((frame.count() & MARK) == 0) {
            throw elsewhere(peer, frame, "outside", roster.rank(), "in");
        }
        if (frame.count() != (MARK | label)) {
            throw disagreement(peer, frame);
        }
        if (frame.length() != bytes(peer)) {
            throw Fault.protocol(
                    peer, "announced " + frame.length() + " bytes for " + frame.title() + ", expected " + bytes(peer));
        }
    }

    private Fault disagreement(int peer, Frame frame) {
        String different = stages == Stages.BOTH
                ? NumberType.describe(frame.count() & ~MARK) + " while rank " + roster.rank() + " called it with "
                        + NumberType.describe(label)
                : "other slices than rank " + roster.rank() + ", which called it with " + pieces.slices();
        return Fault.protocol(peer, "called " + frame.title() + " with " + different);
    }

    /** One piece at a time, so that this rank's own are summed in between. */
    @Override
    public void drain(int peer, long offset, ByteBuffer payload) throws Fault {
        int word = (int) (offset / Long.BYTES);
        boolean goesOn = true;
        while (goesOn && payload.remaining() >= Long.BYTES) {
            take(peer, word, SpreadWord.read(payload.getLong()));
            goesOn = word < FIRST_PIECE;
            word++;
        }
    }

    private void take(int peer, int word, long value) throws Fault {
        if (word == REGION) {
            regionOf[peer] = regions.find(value)
                    .filter(region -> region.spans(roster))
                    .orElseThrow(() -> nonsense(peer, word, value));
        } else if (word == OFFSET) {
            open(peer, value);
        } else if (value != value(peer, word, vector)) {
            throw nonsense(peer, word, value);
        } else if (word < lastWord(peer)) {
            copy(peer, word - FIRST_PIECE);
        }
    }

    private void open(int peer, long offset) throws Fault {
        if (!regionOf[peer].holds(offset, pieces.elements())) {
            throw nonsense(peer, OFFSET, offset);
        }
        vectors[peer] = regionOf[peer].vector(roster.rank(peer), offset, pieces.elements());
        unready--;
    }

    private void copy(int peer, int piece) {
        if (stages.copies) {
            int from = pieces.from(peer, piece);
            vectors[own].put(from, vectors[peer], from, pieces.length(peer, piece));
        }
        copied[peer]++;
    }

    private Fault nonsense(int peer, int word, long value) {
        return Fault.protocol(
                peer,
                "wrote nonsense into the shared memory (word " + word + " of " + operation.title() + " is " + value
                        + ")");
    }

    @Override
    public void finish() {
        Arrays.fill(vectors, null);
    }
}
