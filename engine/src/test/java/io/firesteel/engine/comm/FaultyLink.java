package io.firesteel.engine.comm;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** What a {@link FaultyNetwork} puts between one rank and a lower one that it dials. */
final class FaultyLink implements Closeable {
    /** How many connections of the link the mishaps happen to, from the first on. */
    private record Planned(boolean ahead, Mishap mishap, int connections) {}

    private final int dialler;
    private final int acceptor;
    private final InetSocketAddress target;
    private final Random random;
    private final ServerSocketChannel server;
    private final LinkTraffic forward = new LinkTraffic();
    private final LinkTraffic backward = new LinkTraffic();
    private final List<Planned> plan = new CopyOnWriteArrayList<>();
    private final Deque<SocketChannel> waiting = new ArrayDeque<>();
    private final List<FaultyConnection> connections = new ArrayList<>();
    private final List<SocketChannel> copies = new ArrayList<>();

    private volatile BooleanSupplier gate = () -> true;
    private volatile boolean duplicating;
    private final AtomicInteger accepted = new AtomicInteger();
    private boolean silent;

    FaultyLink(int dialler, int acceptor, InetSocketAddress target, Random random) throws IOException {
        this.dialler = dialler;
        this.acceptor = acceptor;
        this.target = target;
        this.random = random;
        server = ServerSocketChannel.open();
        server.configureBlocking(false);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    void register(Selector selector) throws IOException {
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** What the dialler dials instead of the acceptor. */
    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) server.getLocalAddress();
    }

    int dialler() {
        return dialler;
    }

    int acceptor() {
        return acceptor;
    }

    boolean joins(int rank) {
        return rank == dialler || rank == acceptor;
    }

    LinkTraffic traffic(int from) {
        return from == dialler ? forward : backward;
    }

    void plan(int from, Mishap mishap, int connectionsFromTheFirstOn) {
        plan.add(new Planned(from == dialler, mishap, connectionsFromTheFirstOn));
    }

    void holdUntil(BooleanSupplier condition) {
        gate = condition;
    }

    /** Opens a second connection for each, which carries the dialler's bytes too; nobody reads its answers. */
    void duplicate() {
        duplicating = true;
    }

    /** Connections that have been passed on to the acceptor. */
    int accepted() {
        return accepted.get();
    }

    /** What is to be done about a rank that a mishap isolates. */
    interface Isolation {
        void of(int rank);
    }

    boolean advance(long now, Selector selector, Isolation isolation) throws IOException {
        boolean progress = false;
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            waiting.add(channel);
        }
        while (!waiting.isEmpty() && gate.getAsBoolean()) {
            join(waiting.remove(), selector);
            progress = true;
        }
        for (FaultyConnection connection : List.copyOf(connections)) {
            progress |= connection.advance(now, ahead -> isolation.of(ahead ? dialler : acceptor));
        }
        connections.removeIf(connection -> !connection.isOpen());
        return progress;
    }

    private void join(SocketChannel from, Selector selector) throws IOException {
        SocketChannel to;
        try {
            to = SocketChannel.open(target);
        } catch (IOException e) {
            // The acceptor isn't there: the dialler finds nobody either.
            Connections.closeQuietly(from);
            return;
        }
        FaultyConnection.configure(from, selector);
        FaultyConnection.configure(to, selector);
        FaultyStream ahead = new FaultyStream(from, to, forward, mishaps(true), random);
        if (duplicating) {
            SocketChannel copy = SocketChannel.open(target);
            copies.add(copy);
            ahead.copyTo(copy);
        }
        FaultyStream back = new FaultyStream(to, from, backward, mishaps(false), random);
        FaultyConnection connection = new FaultyConnection(from, to, ahead, back);
        if (silent) {
            connection.silence();
        }
        connections.add(connection);
        accepted.incrementAndGet();
    }

    private List<Mishap> mishaps(boolean ahead) {
        return plan.stream()
                .filter(planned -> planned.ahead == ahead && accepted.get() < planned.connections)
                .map(Planned::mishap)
                .toList();
    }

    void silence() {
        silent = true;
        connections.forEach(FaultyConnection::silence);
    }

    void cut() {
        connections.forEach(FaultyConnection::cut);
    }

    long await(Selector selector, long now) {
        long wait = Long.MAX_VALUE;
        for (FaultyConnection connection : connections) {
            wait = Math.min(wait, connection.await(selector, now));
        }
        return wait;
    }

    @Override
    public void close() {
        Connections.closeQuietly(server);
        waiting.forEach(Connections::closeQuietly);
        connections.forEach(FaultyConnection::close);
        copies.forEach(Connections::closeQuietly);
    }
}
