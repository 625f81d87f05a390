package io.firesteel.engine.comm;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * The authenticated connection to one peer: its two buffers and how far the current frames have come. Bytes that the
 * peer sent ahead of the current exchange stay in the inbound buffer for the next one.
 */
final class PeerChannel implements Closeable {
    private final int ownRank;
    private final int rank;
    private final SocketChannel channel;
    private final SelectionKey key;
    /** Position to limit is what the socket hasn't taken yet. */
    private final ByteBuffer outbound;
    /** Position to limit is what the exchange hasn't taken yet. */
    private final ByteBuffer inbound;

    private Frame sending;
    private boolean sends;
    private boolean receives;
    private long filled;
    private Frame receiving;
    private long drained;
    private long lastProgress;

    /** Takes over a connected, non-blocking channel that is registered with a selector. */
    PeerChannel(int ownRank, int rank, SocketChannel channel, SelectionKey key, int chunkBytes) {
        this.ownRank = ownRank;
        this.rank = rank;
        this.channel = channel;
        this.key = key;
        outbound = buffer(chunkBytes);
        inbound = buffer(chunkBytes);
    }

    /** Empty; holds a header and a whole chunk, so that a chunk can always be completed. Little-endian as the wire is. */
    private static ByteBuffer buffer(int chunkBytes) {
        return ByteBuffer.allocateDirect(Frame.HEADER_BYTES + chunkBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .limit(0);
    }

    int rank() {
        return rank;
    }

    void begin(Exchange exchange, long now) {
        sending = exchange.frameTo(rank);
        sends = exchange.sendsTo(rank);
        receives = exchange.receivesFrom(rank);
        filled = 0;
        receiving = null;
        drained = 0;
        lastProgress = now;
        outbound.clear();
        if (sends) {
            sending.encode(outbound);
            fill(exchange);
        }
        outbound.flip();
    }

    private void fill(Exchange exchange) {
        if (filled == sending.length()) {
            return;
        }
        int before = outbound.position();
        exchange.fill(rank, filled, outbound);
        filled += outbound.position() - before;
    }

    /** Writes once; true if a byte was taken. */
    boolean send(Exchange exchange, long now) throws Fault {
        if (sent()) {
            return false;
        }
        if (!outbound.hasRemaining()) {
            outbound.clear();
            fill(exchange);
            outbound.flip();
        }
        try {
            return note(write() > 0, now);
        } catch (Fault lost) {
            // The peer may have left because of a disagreement; what it sent before says which.
            receive(exchange, now);
            throw lost;
        }
    }

    /** Takes what is buffered, and reads once if that isn't enough; true if a byte was read or taken. */
    boolean receive(Exchange exchange, long now) throws Fault {
        boolean progress = take(exchange);
        if (readsWanted()) {
            progress |= read() > 0;
            progress |= take(exchange);
        }
        return note(progress, now);
    }

    private boolean take(Exchange exchange) throws Fault {
        if (!receives || receiving != null || inbound.remaining() < Frame.HEADER_BYTES) {
            return drain(exchange);
        }
        Frame frame = Frame.decode(inbound, rank);
        frame.checkAnswers(sending, ownRank, rank);
        exchange.accept(rank, frame);
        receiving = frame;
        drain(exchange);
        return true;
    }

    private boolean drain(Exchange exchange) {
        if (receiving == null || drained == receiving.length() || !inbound.hasRemaining()) {
            return false;
        }
        int before = inbound.position();
        int end = inbound.limit();
        inbound.limit((int) Math.min(end, before + receiving.length() - drained));
        exchange.drain(rank, drained, inbound);
        inbound.limit(end);
        drained += inbound.position() - before;
        return inbound.position() > before;
    }

    /** Reads what the peer sends before the first operation, only to learn of its end. */
    void watch() throws Fault {
        if (hasRoom()) {
            read();
        }
    }

    private boolean note(boolean progress, long now) {
        if (progress) {
            lastProgress = now;
        }
        return progress;
    }

    private int write() throws Fault {
        try {
            return channel.write(outbound);
        } catch (IOException e) {
            throw new Fault(CommunicationException.Kind.PEER_LOST, rank, "broke the connection: " + e.getMessage(), e);
        }
    }

    private int read() throws Fault {
        makeRoom();
        int count;
        try {
            count = channel.read(inbound);
        } catch (IOException e) {
            throw new Fault(CommunicationException.Kind.PEER_LOST, rank, "broke the connection: " + e.getMessage(), e);
        } finally {
            inbound.flip();
        }
        if (count < 0) {
            throw new Fault(CommunicationException.Kind.PEER_LOST, rank, "closed the connection");
        }
        return count;
    }

    /** Leaves the buffer ready to be read into; a move costs, so only what has to move does. */
    private void makeRoom() {
        if (inbound.position() > 0) {
            inbound.compact();
        } else {
            inbound.position(inbound.limit()).limit(inbound.capacity());
        }
    }

    private boolean sent() {
        return !sends || (filled == sending.length() && !outbound.hasRemaining());
    }

    private boolean received() {
        return !receives || (receiving != null && drained == receiving.length());
    }

    boolean done() {
        return sent() && received();
    }

    private boolean hasRoom() {
        return inbound.remaining() < inbound.capacity();
    }

    /**
     * Whether this exchange needs bytes that aren't buffered and fit. Never more than that: a peer may close as soon as
     * it has sent its last, and its end must not be found before its last bytes have been taken.
     */
    private boolean readsWanted() {
        if (!receives) {
            return false;
        }
        long needed = receiving == null ? Frame.HEADER_BYTES : receiving.length() - drained;
        return inbound.remaining() < needed && hasRoom();
    }

    /** Tells the selector what this rank waits for from the peer. */
    void awaitReady() {
        // Where nothing could be filled, other peers' bytes have to come first.
        int ops = (outbound.hasRemaining() ? SelectionKey.OP_WRITE : 0) | (readsWanted() ? SelectionKey.OP_READ : 0);
        await(ops);
    }

    /** As {@link #awaitReady()}, before the first operation. */
    void awaitWatch() {
        await(hasRoom() ? SelectionKey.OP_READ : 0);
    }

    private void await(int ops) {
        if (key.interestOps() != ops) {
            key.interestOps(ops);
        }
    }

    /** Nanoseconds since the last byte of a peer that is waited for; 0 for one that isn't. */
    long idleNanos(Exchange exchange, long now) {
        if (!exchange.awaits(rank) || (sent() && !readsWanted())) {
            lastProgress = now;
        }
        return now - lastProgress;
    }

    /** How far the current frames have come, for messages. */
    String progress() {
        if (sending == null) {
            return "nothing sent or received";
        }
        String received = receiving == null
                ? "received no header"
                : "received " + (drained + Math.min(inbound.remaining(), receiving.length() - drained)) + " of "
                        + receiving.length() + " bytes";
        return received + ", sent " + Math.max(0, filled - outbound.remaining()) + " of " + sending.length() + " bytes";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
