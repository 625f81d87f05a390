package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** A value of bytes from every rank to every rank: all-gather and, with empty values, everything that is smaller. */
final class BytesExchange implements Exchange {
    private final Frame frame;
    private final byte[] value;
    private final byte[][] received;
    private final IntUnaryOperator maxBytes;

    /**
     * Of a rank that sends {@code value} to every peer.
     *
     * @param frame what this rank sends to every peer; the others' argument must be the same
     * @param maxBytes the longest value that each rank may send
     */
    BytesExchange(Frame frame, byte[] value, int rank, int worldSize, IntUnaryOperator maxBytes) {
        this.frame = frame;
        this.value = value;
        this.maxBytes = maxBytes;
        received = new byte[worldSize][];
        received[rank] = value.clone();
    }

    /** The values by rank, once the exchange is done. */
    List<byte[]> values() {
        return Arrays.asList(received);
    }

    @Override
    public boolean isSameForAll() {
        return true;
    }

    @Override
    public Frame frameTo(int peer) {
        return frame;
    }

    @Override
    public void fill(int peer, long offset, ByteBuffer target) {
        int from = (int) offset;
        target.put(value, from, Math.min(target.remaining(), value.length - from));
    }

    @Override
    public void accept(int peer, Frame answer) throws Fault {
        if (answer.argument() != frame.argument()) {
            throw Fault.protocol(
                    peer,
                    "called " + answer.title() + " with root " + answer.argument() + " while this rank has root "
                            + frame.argument());
        }
        int min = frame.operation().minBytes();
        int max = maxBytes.applyAsInt(peer);
        if (answer.length() < min || answer.length() > max) {
            throw Fault.protocol(
                    peer,
                    "announced " + answer.length() + " bytes for " + answer.title() + ", expected in [" + min + ", "
                            + max + "]; maxMessageBytes bounds larger values");
        }
        received[peer] = new byte[(int) answer.length()];
    }

    @Override
    public void drain(int peer, long offset, ByteBuffer payload) {
        payload.get(received[peer], (int) offset, payload.remaining());
    }

    @Override
    public void finish() {}
}
