package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The first half of an all-reduce, or all of a small one: everyone sends each rank its slice of all contributions, and
 * each rank folds its own slice in the order of the contributions.
 *
 * <p>A slice is cut into chunks. On the wire a chunk of all contributions of the sender comes before the next chunk, so
 * the receiver folds chunk after chunk: for each, rank after rank. Bytes that come before their turn wait in the peer's
 * buffer, and once that is full, with the sender; the peer whose turn it is can always send, so this never locks up.
 */
final class ReduceExchange implements Exchange {
    private static final int UNKNOWN = -1;

    private final long sequence;
    private final int rank;
    private final Slices slices;
    private final List<FloatBuffer> contributions;
    private final FloatBuffer result;
    private final Fold fold;
    /** Contributions of each rank, once its header is here. */
    private final int[] counts;

    private final int end;
    /** The next piece to add: contribution {@code turnIndex} of rank {@code turn} in the chunk that starts at {@code chunk}. */
    private int chunk;

    private int turn;
    private int turnIndex;

    ReduceExchange(long sequence, int rank, int worldSize, Slices slices, SumArguments arguments, Fold fold) {
        this.sequence = sequence;
        this.rank = rank;
        this.slices = slices;
        this.fold = fold;
        contributions = arguments.contributions();
        result = arguments.result();
        counts = new int[worldSize];
        Arrays.fill(counts, UNKNOWN);
        counts[rank] = contributions.size();
        chunk = slices.from(rank);
        end = chunk + slices.length(rank);
        fold.clear();
    }

    /** Contributions of all ranks, once the exchange is done. */
    long totalContributions() {
        return Arrays.stream(counts).asLongStream().sum();
    }

    @Override
    public Frame frameTo(int peer) {
        int count = contributions.size();
        return new Frame(Operation.ALL_REDUCE_SUM, sequence, payloadBytes(count, peer), slices.elements(), count);
    }

    private long payloadBytes(int count, int owner) {
        return (long) count * slices.length(owner) * Float.BYTES;
    }

    @Override
    public void fill(int peer, long offset, ByteBuffer target) {
        int count = contributions.size();
        int length = slices.length(peer);
        long next = offset / Float.BYTES;
        long total = (long) count * length;
        while (next < total && target.remaining() >= Float.BYTES) {
            long chunkFloats = (long) count * fold.chunkElements();
            int start = (int) (next / chunkFloats) * fold.chunkElements();
            long within = next % chunkFloats;
            int chunkLength = Math.min(fold.chunkElements(), length - start);
            int at = (int) (within % chunkLength);
            int size = Math.min(chunkLength - at, target.remaining() / Float.BYTES);
            FloatBuffer contribution = contributions.get((int) (within / chunkLength));
            Floats.put(contribution, slices.from(peer) + start + at, size, target);
            next += size;
        }
    }

    @Override
    public void accept(int peer, Frame frame) throws Fault {
        if (frame.argument() != slices.elements()) {
            throw Fault.protocol(
                    peer,
                    "called " + frame.title() + " with vectors of " + frame.argument() + " elements while rank " + rank
                            + " called it with " + slices.elements());
        }
        if (frame.count() > SumArguments.MAX_CONTRIBUTIONS || frame.length() != payloadBytes(frame.count(), rank)) {
            throw Fault.protocol(
                    peer,
                    "announced " + frame.length() + " bytes for " + frame.count() + " contributions to a slice of "
                            + slices.length(rank) + " elements, expected 4 bytes an element");
        }
        counts[peer] = frame.count();
        foldOwn();
    }

    @Override
    public void drain(int peer, long offset, ByteBuffer payload) {
        while (turn == peer && chunk < end && payload.remaining() >= chunkLength() * Float.BYTES) {
            fold.add(payload.asFloatBuffer(), 0, chunkLength());
            payload.position(payload.position() + chunkLength() * Float.BYTES);
            turnIndex++;
            foldOwn();
        }
    }

    @Override
    public void finish() {
        foldOwn();
    }

    private int chunkLength() {
        return Math.min(fold.chunkElements(), end - chunk);
    }

    /** Goes on until a peer's bytes, or its header, are needed. */
    private void foldOwn() {
        while (chunk < end && counts[turn] != UNKNOWN) {
            if (turnIndex == counts[turn]) {
                nextTurn();
            } else if (turn == rank) {
                fold.add(contributions.get(turnIndex), chunk, chunkLength());
                turnIndex++;
            } else {
                return;
            }
        }
    }

    private void nextTurn() {
        turnIndex = 0;
        turn++;
        if (turn == counts.length) {
            turn = 0;
            fold.store(result, chunk, chunkLength());
            fold.clear();
            chunk += chunkLength();
        }
    }
}
