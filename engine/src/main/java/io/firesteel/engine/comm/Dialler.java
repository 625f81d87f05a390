package io.firesteel.engine.comm;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Connects to one lower rank, trying again while nobody listens there or the connection breaks. Waits for an answer as long
 * as the whole group may take to connect, because a rank that listens may not have begun to accept yet.
 */
final class Dialler implements Closeable {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final int rank;
    private final Group group;
    private final Credentials credentials;
    private final Selector selector;

    private SocketChannel channel;
    private Handshake handshake;
    private long nextTry = System.nanoTime();
    private long pause = FIRST_PAUSE_NANOS;
    private String lastProblem = "no answer yet";

    Dialler(int rank, Group group, Credentials credentials, Selector selector) {
        this.rank = rank;
        this.group = group;
        this.credentials = credentials;
        this.selector = selector;
    }

    int rank() {
        return rank;
    }

    /** What the last try ended with, for the message when time is up. */
    String lastProblem() {
        return lastProblem;
    }

    /** Goes on as far as possible now; the authenticated connection once there is one. */
    Optional<Link> advance(long now) throws Fault {
        try {
            if (channel == null && !dialled(now)) {
                return Optional.empty();
            }
            if (handshake == null) {
                if (!channel.finishConnect()) {
                    return Optional.empty();
                }
                handshake = new DiallingHandshake(channel, credentials, rank);
            }
            if (handshake.advance()) {
                return Optional.of(release());
            }
            channel.keyFor(selector).interestOps(handshake.interest());
        } catch (IOException e) {
            tryLater(now, e);
        }
        return Optional.empty();
    }

    private boolean dialled(long now) throws IOException {
        if (now - nextTry < 0) {
            return false;
        }
        channel = SocketChannel.open();
        configure(channel, group.options());
        channel.register(selector, SelectionKey.OP_CONNECT);
        channel.connect(group.members().get(rank).address());
        return true;
    }

    /** What both ends of every connection have in common. */
    static void configure(SocketChannel channel, CommunicatorOptions options) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (options.socketBufferBytes() > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, options.socketBufferBytes());
            channel.setOption(StandardSocketOptions.SO_RCVBUF, options.socketBufferBytes());
        }
    }

    private void tryLater(long now, IOException problem) {
        close();
        lastProblem = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        nextTry = now + pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }

    private Link release() {
        Link link = handshake.link();
        channel = null;
        close();
        return link;
    }

    @Override
    public void close() {
        if (channel != null) {
            Connections.closeQuietly(channel);
        }
        if (handshake != null) {
            handshake.close();
        }
        channel = null;
        handshake = null;
    }
}
