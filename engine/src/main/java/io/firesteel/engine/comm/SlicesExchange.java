package io.firesteel.engine.comm;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/** Everyone sends everyone its slice of a vector. */
final class SlicesExchange<B extends Buffer> implements Exchange {
    private final OperationNumber operation;
    private final Roster roster;
    private final Elements<B> elements;
    private final Partition partition;
    private final B whole;

    SlicesExchange(OperationNumber operation, Roster roster, Elements<B> elements, Partition partition, B whole) {
        this.operation = operation;
        this.roster = roster;
        this.elements = elements;
        this.partition = partition;
        this.whole = whole;
    }

    @Override
    public boolean isSameForAll() {
        return true;
    }

    @Override
    public Frame frameTo(int peer) {
        return operation.frame(bytes(roster.position()), partition.elements(), 0);
    }

    private long bytes(int owner) {
        return (long) partition.length(owner) * elements.bytes();
    }

    @Override
    public void fill(int peer, long offset, ByteBuffer target) {
        int own = roster.position();
        int done = (int) (offset / elements.bytes());
        elements.put(whole, partition.from(own) + done, partition.length(own) - done, target);
    }

    @Override
    public void accept(int peer, Frame frame) throws Fault {
        MappedSumExchange.checkUnmarked(peer, frame, roster.rank());
        if (frame.argument() != partition.elements() || frame.length() != bytes(peer)) {
            throw Fault.protocol(
                    peer,
                    "called " + frame.title() + " with a slice of " + frame.length() + " bytes of "
                            + frame.argument() + " elements while rank " + roster.rank() + " expects "
                            + bytes(peer) + " of " + partition.elements());
        }
    }

    @Override
    public void drain(int peer, long offset, ByteBuffer payload) {
        int done = (int) (offset / elements.bytes());
        elements.take(payload, whole, partition.from(peer) + done, partition.length(peer) - done);
    }

    @Override
    public void finish() {}
}
