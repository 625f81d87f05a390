package io.firesteel.engine.comm;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** A dialler's connection to the network and the network's to the acceptor, with a stream for each direction. */
final class FaultyConnection implements Closeable {
    private final SocketChannel dialler;
    private final SocketChannel acceptor;
    private final FaultyStream forward;
    private final FaultyStream backward;

    FaultyConnection(SocketChannel dialler, SocketChannel acceptor, FaultyStream forward, FaultyStream backward) {
        this.dialler = dialler;
        this.acceptor = acceptor;
        this.forward = forward;
        this.backward = backward;
    }

    static void configure(SocketChannel channel, Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, 0);
    }

    /** Moves what can be moved; true if anything was. Hands the stream whose mishap isolates its sender to the caller. */
    boolean advance(long now, Consumer<Boolean> isolation) {
        boolean progress = false;
        for (boolean ahead : new boolean[] {true, false}) {
            FaultyStream.Step step = isOpen() ? (ahead ? forward : backward).advance(now) : FaultyStream.Step.IDLE;
            progress |= step != FaultyStream.Step.IDLE;
            heed(step, ahead ? forward : backward, ahead ? backward : forward);
            if (step == FaultyStream.Step.ISOLATE) {
                isolation.accept(ahead);
            }
        }
        return progress;
    }

    /** An end that is gone resets the other, unless a silent stream keeps that from being known. */
    private void heed(FaultyStream.Step step, FaultyStream stream, FaultyStream opposite) {
        boolean knownGone = step == FaultyStream.Step.TARGET_LOST && !opposite.silent();
        if (step == FaultyStream.Step.CUT || step == FaultyStream.Step.SOURCE_LOST || knownGone) {
            cut();
        } else if (step == FaultyStream.Step.TARGET_LOST) {
            stream.silence();
        } else if (forward.ended() && backward.ended()) {
            close();
        }
    }

    void silence() {
        forward.silence();
        backward.silence();
    }

    void cut() {
        reset(dialler);
        reset(acceptor);
    }

    private static void reset(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // Closed already.
        }
        Connections.closeQuietly(channel);
    }

    boolean isOpen() {
        return dialler.isOpen() && acceptor.isOpen();
    }

    /** Tells the selector what either end waits for; nanoseconds until a delayed piece is due. */
    long await(Selector selector, long now) {
        if (!isOpen()) {
            return Long.MAX_VALUE;
        }
        interest(dialler.keyFor(selector), forward.wantsRead(), backward.wantsWrite(now));
        interest(acceptor.keyFor(selector), backward.wantsRead(), forward.wantsWrite(now));
        return Math.min(forward.waitNanos(now), backward.waitNanos(now));
    }

    private static void interest(SelectionKey key, boolean read, boolean write) {
        key.interestOps((read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0));
    }

    @Override
    public void close() {
        Connections.closeQuietly(dialler);
        Connections.closeQuietly(acceptor);
    }
}
