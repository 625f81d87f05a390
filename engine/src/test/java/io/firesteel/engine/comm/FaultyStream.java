package io.firesteel.engine.comm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One direction of a connection through a {@link FaultyNetwork}: takes bytes from one end, and has mishaps with them. */
final class FaultyStream {
    private static final int BUFFER_BYTES = 16 << 10;
    private static final long THROTTLE_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long NEVER = Long.MAX_VALUE;

    /** What the stream's connection has to do about it. */
    enum Step {
        IDLE,
        MOVED,
        CUT,
        ISOLATE,
        SOURCE_LOST,
        TARGET_LOST
    }

    private final SocketChannel source;
    private final SocketChannel target;
    private final LinkTraffic traffic;
    private final List<Mishap> mishaps;
    private final Random random;
    private final Mishap terminal;
    private final ByteBuffer arrived = ByteBuffer.allocate(BUFFER_BYTES);
    private final ByteBuffer held = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

    private long offset;
    private long notBefore;
    private int piece;
    private boolean silent;
    private boolean ended;
    private SocketChannel copy;

    FaultyStream(SocketChannel source, SocketChannel target, LinkTraffic traffic, List<Mishap> mishaps, Random random) {
        this.source = source;
        this.target = target;
        this.traffic = traffic;
        this.mishaps = mishaps;
        this.random = random;
        terminal = mishaps.stream()
                .filter(mishap -> mishap.kind().terminal())
                .findFirst()
                .orElse(new Mishap(Mishap.Kind.STALL, NEVER, 0));
    }

    /** A blocking channel that gets the undisturbed bytes as well, until it breaks. */
    void copyTo(SocketChannel channel) {
        copy = channel;
    }

    /** Lets no byte through from now on. */
    void silence() {
        silent = true;
    }

    boolean silent() {
        return silent;
    }

    boolean ended() {
        return ended;
    }

    /** One read or one write at most. */
    Step advance(long now) {
        if (silent || ended) {
            return Step.IDLE;
        }
        if (!held.hasRemaining()) {
            return offset == terminal.at() ? terminate() : read(now);
        }
        if (now - notBefore < 0) {
            return Step.IDLE;
        }
        Step step = write(now);
        return !held.hasRemaining() && offset == terminal.at() ? terminate() : step;
    }

    private Step terminate() {
        traffic.struck();
        switch (terminal.kind()) {
            case CUT -> {
                return Step.CUT;
            }
            case END -> {
                return end();
            }
            case ISOLATE -> {
                silent = true;
                return Step.ISOLATE;
            }
            default -> silent = true;
        }
        return Step.MOVED;
    }

    private Step end() {
        ended = true;
        try {
            target.shutdownOutput();
            return Step.MOVED;
        } catch (IOException e) {
            return Step.TARGET_LOST;
        }
    }

    private Step read(long now) {
        arrived.clear().limit((int) Math.min(BUFFER_BYTES, terminal.at() - offset));
        int count;
        try {
            count = source.read(arrived);
        } catch (IOException e) {
            return Step.SOURCE_LOST;
        }
        if (count <= 0) {
            return count == 0 ? Step.IDLE : end();
        }
        take(now);
        return Step.MOVED;
    }

    private void take(long now) {
        arrived.flip();
        traffic.carried(arrived.duplicate());
        copy();
        held.clear();
        while (arrived.hasRemaining()) {
            pass(arrived.get());
        }
        held.flip();
        nextPiece(now);
    }

    private void copy() {
        if (copy == null) {
            return;
        }
        try {
            copy.write(arrived.duplicate());
        } catch (IOException e) {
            // Turned away, as a duplicate should be.
            Connections.closeQuietly(copy);
            copy = null;
        }
    }

    private void pass(byte value) {
        int result = value;
        boolean dropped = false;
        for (Mishap mishap : mishaps) {
            if (mishap.kind() == Mishap.Kind.FLIP && offset == mishap.at()) {
                result ^= 1 << mishap.amount();
                traffic.struck();
            } else if (mishap.kind() == Mishap.Kind.DROP
                    && offset >= mishap.at()
                    && offset < mishap.at() + mishap.amount()) {
                dropped = true;
                traffic.struck();
            }
        }
        offset++;
        if (!dropped) {
            held.put((byte) result);
        }
    }

    private void nextPiece(long now) {
        piece = held.remaining();
        notBefore = now;
        for (Mishap mishap : mishaps) {
            switch (mishap.kind()) {
                case PIECES -> piece = Math.min(piece, 1 + random.nextInt((int) mishap.amount()));
                case DELAY -> notBefore = now + (long) (random.nextDouble() * mishap.amount());
                case THROTTLE -> {
                    piece = Math.min(piece, (int) mishap.amount());
                    notBefore = now + THROTTLE_PERIOD_NANOS;
                }
                default -> {}
            }
        }
    }

    private Step write(long now) {
        int end = held.limit();
        held.limit(held.position() + piece);
        int count;
        try {
            count = target.write(held);
        } catch (IOException e) {
            return Step.TARGET_LOST;
        } finally {
            held.limit(end);
        }
        piece -= count;
        if (piece == 0) {
            nextPiece(now);
        }
        return count == 0 ? Step.IDLE : Step.MOVED;
    }

    boolean wantsRead() {
        return !silent && !ended && !held.hasRemaining();
    }

    boolean wantsWrite(long now) {
        return !silent && !ended && held.hasRemaining() && now - notBefore >= 0;
    }

    /** Nanoseconds until a delayed piece may go on; {@link Long#MAX_VALUE} if none waits. */
    long waitNanos(long now) {
        return !silent && !ended && held.hasRemaining() && now - notBefore < 0 ? notBefore - now : NEVER;
    }
}
