package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** This rank's frame to one peer on its way into a relay. */
final class RelayOutbox {
    private final Exchange exchange;
    private final int peer;
    private final Frame frame;
    private final boolean sends;
    private boolean headerSent;
    private long filled;

    RelayOutbox(Exchange exchange, int peer) {
        this.exchange = exchange;
        this.peer = peer;
        frame = exchange.frameTo(peer);
        sends = exchange.sendsTo(peer);
    }

    boolean isEmpty() {
        return !sends || (headerSent && filled == frame.length());
    }

    /** Puts as much as fits and is there. */
    void moveTo(ByteBuffer part) {
        if (!headerSent && part.remaining() < Frame.HEADER_BYTES) {
            return;
        }
        if (!headerSent) {
            frame.encode(part);
            headerSent = true;
        }
        if (filled < frame.length()) {
            // Exchanges see memory that begins where the payload does.
            ByteBuffer target = part.slice().order(ByteOrder.LITTLE_ENDIAN);
            exchange.fill(peer, filled, target);
            filled += target.position();
            part.position(part.position() + target.position());
        }
    }
}
