package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A peer's frame on its way out of a relay: what has come and hasn't been taken. */
final class RelayInbox {
    private final Exchange exchange;
    private final int peer;
    private final int ownRank;
    private ByteBuffer waiting = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
    private Frame frame;
    private long drained;

    RelayInbox(Exchange exchange, int peer, int ownRank) {
        this.exchange = exchange;
        this.peer = peer;
        this.ownRank = ownRank;
    }

    int peer() {
        return peer;
    }

    /** Adds what has come to what waits. */
    void add(ByteBuffer part) {
        ByteBuffer all =
                ByteBuffer.allocate(waiting.remaining() + part.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        waiting = all.put(waiting).put(part).flip();
    }

    boolean isComplete() {
        return !exchange.receivesFrom(peer) || (frame != null && drained == frame.length() && !waiting.hasRemaining());
    }

    /** True if something was taken. */
    boolean drain() throws Fault {
        boolean progress = false;
        if (frame == null && waiting.remaining() >= Frame.HEADER_BYTES) {
            frame = Frame.decode(waiting, peer);
            frame.checkAnswers(exchange.frameTo(peer), ownRank, peer);
            exchange.accept(peer, frame);
            progress = true;
        }
        if (frame != null && drained < frame.length() && waiting.hasRemaining()) {
            int before = waiting.position();
            int end = waiting.limit();
            waiting.limit((int) Math.min(end, before + frame.length() - drained));
            exchange.drain(peer, drained, waiting);
            waiting.limit(end);
            drained += waiting.position() - before;
            progress |= waiting.position() > before;
        }
        return progress;
    }
}
