package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.util.List;

/** Bytes of its own to every peer, and from every peer bytes for this rank alone. */
final class AllToAllExchange implements Exchange {
    private final OperationNumber operation;
    private final Roster roster;
    private final List<ByteBuffer> outgoing;
    private final List<ByteBuffer> incoming;

    /**
     * @param outgoing what each rank gets, from byte 0 to the limit
     * @param incoming where what each rank sends goes, from byte 0 to the limit
     */
    AllToAllExchange(OperationNumber operation, Roster roster, List<ByteBuffer> outgoing, List<ByteBuffer> incoming) {
        this.operation = operation;
        this.roster = roster;
        this.outgoing = outgoing;
        this.incoming = incoming;
    }

    @Override
    public Frame frameTo(int peer) {
        return operation.frame(outgoing.get(peer).limit(), 0, 0);
    }

    @Override
    public void fill(int peer, long offset, ByteBuffer target) {
        ByteBuffer source = outgoing.get(peer);
        int count = Math.min(target.remaining(), source.limit() - (int) offset);
        target.put(target.position(), source, (int) offset, count);
        target.position(target.position() + count);
    }

    @Override
    public void accept(int peer, Frame frame) throws Fault {
        if (frame.length() != incoming.get(peer).limit()) {
            throw Fault.protocol(
                    peer,
                    "announced " + frame.length() + " bytes for " + frame.title() + " while rank " + roster.rank()
                            + " expects " + incoming.get(peer).limit());
        }
    }

    @Override
    public void drain(int peer, long offset, ByteBuffer payload) {
        int count = payload.remaining();
        incoming.get(peer).put((int) offset, payload, payload.position(), count);
        payload.position(payload.limit());
    }

    @Override
    public void finish() {}
}
