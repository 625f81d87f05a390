package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** The second half of an all-reduce: everyone sends everyone the slice that it has summed. */
final class SlicesExchange implements Exchange {
    private final long sequence;
    private final int rank;
    private final Slices slices;
    private final FloatBuffer result;

    SlicesExchange(long sequence, int rank, Slices slices, FloatBuffer result) {
        this.sequence = sequence;
        this.rank = rank;
        this.slices = slices;
        this.result = result;
    }

    @Override
    public Frame frameTo(int peer) {
        return new Frame(Operation.SUMMED_SLICES, sequence, bytes(rank), slices.elements(), 0);
    }

    private long bytes(int owner) {
        return (long) slices.length(owner) * Float.BYTES;
    }

    @Override
    public void fill(int peer, long offset, ByteBuffer target) {
        int done = (int) (offset / Float.BYTES);
        int count = Math.min(slices.length(rank) - done, target.remaining() / Float.BYTES);
        Floats.put(result, slices.from(rank) + done, count, target);
    }

    @Override
    public void accept(int peer, Frame frame) throws Fault {
        if (frame.length() != bytes(peer)) {
            throw Fault.protocol(
                    peer, "announced a summed slice of " + frame.length() + " bytes, expected " + bytes(peer));
        }
    }

    @Override
    public void drain(int peer, long offset, ByteBuffer payload) {
        Floats.take(payload, result, slices.from(peer) + (int) (offset / Float.BYTES));
    }

    @Override
    public void finish() {}
}
