package io.firesteel.engine.comm;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * The root's vector for everyone: small ones straight from the root, large ones from rank to rank, where each passes on
 * what it has got so far, so that no rank sends the vector more than once. Everyone sends everyone a header, by which
 * they see that they agree.
 */
final class BroadcastExchange<B extends Buffer> implements Exchange {
    private final OperationNumber operation;
    private final Roster roster;
    private final Elements<B> elements;
    private final B values;
    private final int length;
    private final int root;
    private final boolean straight;
    /** Elements that are here. */
    private int here;

    BroadcastExchange(
            OperationNumber operation, Roster roster, Elements<B> elements, B values, int root, boolean straight) {
        this.operation = operation;
        this.roster = roster;
        this.elements = elements;
        this.values = values;
        this.root = root;
        this.straight = straight;
        length = values.limit();
        here = roster.position() == root ? length : 0;
    }

    /** The rank whose values a rank gets; the root's is itself. */
    private int source(int rank) {
        return straight || rank == root ? root : (rank + roster.size() - 1) % roster.size();
    }

    private long bytes(int from, int to) {
        return to != root && source(to) == from ? (long) length * elements.bytes() : 0;
    }

    @Override
    public boolean isSameForAll() {
        return straight;
    }

    @Override
    public Frame frameTo(int peer) {
        return operation.frame(bytes(roster.position(), peer), (long) length * elements.bytes(), root);
    }

    @Override
    public void fill(int peer, long offset, ByteBuffer target) {
        int done = (int) (offset / elements.bytes());
        elements.put(values, done, here - done, target);
    }

    @Override
    public void accept(int peer, Frame frame) throws Fault {
        long expected = (long) length * elements.bytes();
        if (frame.argument() != expected || frame.count() != root) {
            throw Fault.protocol(
                    peer,
                    "called " + frame.title() + " with " + frame.argument() + " bytes and root " + frame.count()
                            + " while rank " + roster.rank() + " called it with " + expected + " bytes and root "
                            + root);
        }
        if (frame.length() != bytes(peer, roster.position())) {
            throw Fault.protocol(
                    peer,
                    "announced " + frame.length() + " bytes for " + frame.title() + ", expected "
                            + bytes(peer, roster.position()));
        }
    }

    @Override
    public void drain(int peer, long offset, ByteBuffer payload) {
        int before = payload.position();
        elements.take(payload, values, here, length - here);
        here += (payload.position() - before) / elements.bytes();
    }

    @Override
    public void finish() {}
}
