package io.firesteel.engine.comm;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Lets higher ranks in and strangers not. Each connection has its own short deadline and a small fixed number of bytes
 * to prove itself, and all are served in turn, so that one which is slow or silent delays nobody. When too many are
 * undecided the oldest goes: a peer needs a moment, so a crowd of idlers can't keep it out.
 */
final class Doorkeeper implements Closeable {
    /** Strangers that may be undecided at once, beside one connection of every rank. */
    static final int SPARE_PENDING = 64;

    private static final int ACCEPTS_AT_ONCE = 16;

    private record Arrival(AcceptingHandshake handshake, SocketAddress from, long since) {}

    private final ServerSocketChannel server;
    private final Group group;
    private final Credentials credentials;
    private final Selector selector;
    private final IntPredicate alreadyConnected;
    private final long deadlineNanos;
    private final Deque<Arrival> pending = new ArrayDeque<>();

    private int refused;
    private String lastRefusal = "";

    Doorkeeper(
            ServerSocketChannel server,
            Group group,
            Credentials credentials,
            Selector selector,
            IntPredicate alreadyConnected) {
        this.server = server;
        this.group = group;
        this.credentials = credentials;
        this.selector = selector;
        this.alreadyConnected = alreadyConnected;
        deadlineNanos = group.options().handshakeDeadline().toNanos();
    }

    /** Who was turned away, for the message when a rank is missing; empty if nobody was. */
    String refusals() {
        return refused == 0 ? "" : "; " + refused + " connections turned away, the last one " + lastRefusal;
    }

    /** Takes in new connections, and goes on with the others until one of them has proved itself. */
    Optional<Link> advance(long now) throws IOException {
        admit(now);
        Iterator<Arrival> arrivals = pending.iterator();
        while (arrivals.hasNext()) {
            Arrival arrival = arrivals.next();
            if (decided(arrival, now)) {
                arrivals.remove();
                if (arrival.handshake.refusal() == Refusal.NONE
                        && arrival.handshake.channel().isOpen()) {
                    return Optional.of(arrival.handshake.link());
                }
            }
        }
        return Optional.empty();
    }

    private void admit(long now) throws IOException {
        for (int i = 0; i < ACCEPTS_AT_ONCE; i++) {
            SocketChannel channel = server.accept();
            if (channel == null) {
                return;
            }
            try {
                Dialler.configure(channel, group.options());
                channel.register(selector, SelectionKey.OP_READ);
                SocketAddress from = channel.getRemoteAddress();
                pending.add(new Arrival(new AcceptingHandshake(channel, credentials, alreadyConnected), from, now));
            } catch (IOException e) {
                // It was gone before it said anything.
                Connections.closeQuietly(channel);
            }
            if (pending.size() > group.worldSize() + SPARE_PENDING) {
                turnAway(pending.remove(), "gave way to newer ones");
            }
        }
    }

    /** True once the connection is in, or closed. */
    private boolean decided(Arrival arrival, long now) {
        try {
            if (arrival.handshake.advance()) {
                if (arrival.handshake.refusal() != Refusal.NONE) {
                    turnAway(
                            arrival,
                            "was refused because " + arrival.handshake.refusal().why());
                }
                return true;
            }
            if (now - arrival.since > deadlineNanos) {
                turnAway(
                        arrival,
                        "took longer than "
                                + group.options().handshakeDeadline().toMillis() + " ms to prove itself");
                return true;
            }
            arrival.handshake.channel().keyFor(selector).interestOps(arrival.handshake.interest());
            return false;
        } catch (IOException | Fault e) {
            turnAway(arrival, "failed: " + e.getMessage());
            return true;
        }
    }

    private void turnAway(Arrival arrival, String why) {
        Connections.closeQuietly(arrival.handshake.channel());
        refused++;
        lastRefusal = "from " + arrival.from + " " + why;
    }

    @Override
    public void close() {
        pending.forEach(arrival -> Connections.closeQuietly(arrival.handshake.channel()));
        pending.clear();
    }
}
