package io.firesteel.engine.comm;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The frames to and from one peer, over an authenticated wire, and how far the current ones have come. Bytes that the peer
 * sent ahead of the current exchange stay in the wire for the next one. Frames begin at multiples of 8 bytes.
 */
final class PeerChannel implements Closeable {
    private final int ownRank;
    private final int rank;
    private final Wire wire;
    private final ByteBuffer headerOut = header();
    private final ByteBuffer headerIn = header();

    private Frame sending;
    private boolean sends;
    private boolean receives;
    private long filled;
    private int paddingOut;
    /** The exchange had nothing to put yet: what it waits for comes from another peer. */
    private boolean starved;

    private Frame receiving;
    private long drained;
    private int paddingIn;
    private long lastProgress;

    PeerChannel(int ownRank, int rank, Wire wire) {
        this.ownRank = ownRank;
        this.rank = rank;
        this.wire = wire;
    }

    private static ByteBuffer header() {
        return ByteBuffer.allocate(Frame.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    int rank() {
        return rank;
    }

    /** What carries the frames, as messages call it. */
    String wire() {
        return wire.name();
    }

    /** Whether both ends are processes of one machine that map the same memory. */
    boolean sharesMemory() {
        return wire.isMemory();
    }

    void begin(Exchange exchange, long now) {
        sending = exchange.frameTo(rank);
        sends = exchange.sendsTo(rank);
        receives = exchange.receivesFrom(rank);
        headerOut.clear();
        if (sends) {
            sending.encode(headerOut);
        }
        headerOut.flip();
        filled = 0;
        paddingOut = padding(sending.length());
        starved = false;
        headerIn.clear();
        receiving = null;
        drained = 0;
        lastProgress = now;
    }

    private static int padding(long length) {
        return (int) (-length & Long.BYTES - 1);
    }

    /** Puts and moves what is possible; true if a byte got further. */
    boolean send(Exchange exchange, long now) throws Fault {
        if (sent()) {
            return false;
        }
        try {
            int moved = put(exchange);
            return note(moved + wire.flush() > 0, now);
        } catch (IOException e) {
            // The peer may have left because of a disagreement; what it sent before says which.
            receive(exchange, now);
            throw lost(e);
        }
    }

    private int put(Exchange exchange) throws IOException {
        if (allPut()) {
            return 0;
        }
        ByteBuffer room = wire.room();
        int free = room.remaining();
        move(headerOut, room);
        if (!headerOut.hasRemaining() && filled < sending.length()) {
            int before = room.position();
            exchange.fill(rank, filled, room);
            filled += room.position() - before;
        }
        while (filled == sending.length() && paddingOut > 0 && room.hasRemaining()) {
            room.put((byte) 0);
            paddingOut--;
        }
        starved = free > 0 && room.remaining() == free;
        return wire.commit();
    }

    private boolean allPut() {
        return !headerOut.hasRemaining() && filled == sending.length() && paddingOut == 0;
    }

    private static void move(ByteBuffer source, ByteBuffer target) {
        while (source.hasRemaining() && target.hasRemaining()) {
            target.put(source.get());
        }
    }

    /** Takes what is there, and looks for more if that isn't enough; true if a byte was read or taken. */
    boolean receive(Exchange exchange, long now) throws Fault {
        try {
            boolean progress = take(exchange);
            if (readsWanted()) {
                progress |= read() > 0;
                progress |= take(exchange);
            }
            return note(progress, now);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private boolean take(Exchange exchange) throws IOException, Fault {
        if (received()) {
            return false;
        }
        ByteBuffer bytes = wire.received();
        int before = bytes.position();
        if (receiving == null) {
            move(bytes, headerIn);
            open(exchange);
        }
        drain(exchange, bytes);
        boolean progress = bytes.position() > before;
        wire.taken();
        return progress;
    }

    private void open(Exchange exchange) throws Fault {
        if (!headerIn.hasRemaining()) {
            Frame frame = Frame.decode(headerIn.flip(), rank);
            frame.checkAnswers(sending, ownRank, rank);
            exchange.accept(rank, frame);
            receiving = frame;
            paddingIn = padding(frame.length());
        }
    }

    private void drain(Exchange exchange, ByteBuffer bytes) throws Fault {
        if (receiving == null) {
            return;
        }
        if (drained < receiving.length() && bytes.hasRemaining()) {
            int before = bytes.position();
            int end = bytes.limit();
            bytes.limit((int) Math.min(end, before + receiving.length() - drained));
            exchange.drain(rank, drained, bytes);
            bytes.limit(end);
            drained += bytes.position() - before;
        }
        if (drained == receiving.length()) {
            int skipped = Math.min(paddingIn, bytes.remaining());
            bytes.position(bytes.position() + skipped);
            paddingIn -= skipped;
        }
    }

    /** Reads what the peer sends before the first operation, only to learn of its end. */
    void watch() throws Fault {
        try {
            if (wire.canRead()) {
                read();
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private boolean note(boolean progress, long now) {
        if (progress) {
            lastProgress = now;
        }
        return progress;
    }

    private int read() throws IOException {
        int count = wire.read();
        if (count < 0) {
            throw new EOFException();
        }
        return count;
    }

    private Fault lost(IOException e) {
        if (e instanceof Wire.DamagedException) {
            return new Fault(CommunicationException.Kind.PROTOCOL, rank, e.getMessage(), e);
        }
        String how = e instanceof EOFException ? "closed the connection" : "broke the connection: " + e.getMessage();
        return new Fault(CommunicationException.Kind.PEER_LOST, rank, how, e);
    }

    private boolean waitsToSend() {
        return sends && (wire.pending() > 0 || (!allPut() && !starved));
    }

    private boolean sent() {
        return !sends || (allPut() && wire.pending() == 0);
    }

    private boolean received() {
        return !receives || (receiving != null && drained == receiving.length() && paddingIn == 0);
    }

    boolean done() {
        return sent() && received();
    }

    /**
     * Whether this exchange needs bytes that aren't here and fit. Never more than that: a peer may close as soon as it has
     * sent its last, and its end must not be found before its last bytes have been taken.
     */
    private boolean readsWanted() {
        if (received()) {
            return false;
        }
        long needed = receiving == null ? headerIn.remaining() : receiving.length() - drained + paddingIn;
        return wire.received().remaining() < needed && wire.canRead();
    }

    /** Has the selector wake this rank for what it waits for from the peer; false if that is there already. */
    boolean sleep() {
        return wire.sleep(waitsToSend(), readsWanted());
    }

    /** As {@link #sleep()}, before the first operation. */
    boolean sleepWatching() {
        return wire.sleep(false, wire.canRead());
    }

    /** Ends a sleep. */
    void awake() {
        wire.awake();
    }

    /** Nanoseconds since the last byte of a peer that is waited for; 0 for one that isn't. */
    long idleNanos(Exchange exchange, long now) {
        if (!exchange.awaits(rank) || (!waitsToSend() && !readsWanted())) {
            lastProgress = now;
        }
        return now - lastProgress;
    }

    /** How far the current frames have come, for messages. */
    String progress() {
        if (sending == null) {
            return "nothing sent or received";
        }
        return (receives ? receivedSoFar() : "nothing to receive") + ", "
                + (sends ? "sent " + sentSoFar() + " of " + sending.length() + " bytes" : "nothing to send");
    }

    private long sentSoFar() {
        return Math.max(0, filled - wire.pending());
    }

    private String receivedSoFar() {
        return receiving == null
                ? "received no header"
                : "received " + drained + " of " + receiving.length() + " bytes";
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
