package io.firesteel.engine.comm;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A network between ranks on which things go wrong as a test plans them: a real TCP proxy on loopback between each pair,
 * whose address the higher rank gets to dial in place of the lower one's. Mishaps are planned by pair and direction,
 * before the ranks connect, or happen at once when a test says so; what is random depends on the seed alone. One
 * thread moves all bytes; {@link #close()} ends it and closes every socket.
 *
 * <pre>
 *   try (FaultyNetwork network = FaultyNetwork.around(listeners, 7)) {
 *       network.plan(0, 2, Mishap.stallAt(500));
 *       … listeners.get(rank).connect(network.group(rank, options)) on each rank …
 *   }
 * </pre>
 */
final class FaultyNetwork implements AutoCloseable {
    private static final int ALL = Integer.MAX_VALUE;
    private static final long LONGEST_WAIT_MILLIS = 200;

    private final List<InetSocketAddress> ranks;
    private final List<FaultyLink> links = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Selector selector;
    private final Thread mover;

    private volatile boolean closed;
    private volatile IOException broken;

    private FaultyNetwork(List<InetSocketAddress> ranks, long seed) throws IOException {
        this.ranks = List.copyOf(ranks);
        selector = Selector.open();
        for (int dialler = 0; dialler < ranks.size(); dialler++) {
            for (int acceptor = 0; acceptor < dialler; acceptor++) {
                Random random = new Random(seed + links.size());
                FaultyLink link = new FaultyLink(dialler, acceptor, ranks.get(acceptor), random);
                link.register(selector);
                links.add(link);
            }
        }
        mover = new Thread(this::move, "faulty network");
        mover.setDaemon(true);
    }

    /** A network without faults so far between ranks that listen. The listeners stay the caller's. */
    static FaultyNetwork around(List<PeerListener> listeners, long seed) throws IOException {
        return between(listeners.stream().map(PeerListener::address).toList(), seed);
    }

    /** As {@link #around}, where each rank's own address is known. */
    static FaultyNetwork between(List<InetSocketAddress> ranks, long seed) throws IOException {
        FaultyNetwork network = new FaultyNetwork(ranks, seed);
        network.mover.start();
        return network;
    }

    /** As {@link Ranks#group}, with this network between the ranks. */
    Group group(int rank, CommunicatorOptions options) {
        return new Group("run-7", 0, rank, members(rank), Ranks.SECRET, options);
    }

    /** Where the rank finds each of the others. */
    List<Member> members(int rank) {
        List<Member> members = new ArrayList<>();
        for (int other = 0; other < ranks.size(); other++) {
            members.add(Member.of(other < rank ? proxy(rank, other) : ranks.get(other)));
        }
        return members;
    }

    private InetSocketAddress proxy(int dialler, int acceptor) {
        try {
            return link(dialler, acceptor).address();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot name the proxy: the network is closed", e);
        }
    }

    /** The mishap happens to what {@code from} sends to {@code to}, on each of their connections. */
    void plan(int from, int to, Mishap mishap) {
        link(from, to).plan(from, mishap, ALL);
    }

    /** As {@link #plan}, on their first connection only: a second try goes well. */
    void planOnce(int from, int to, Mishap mishap) {
        link(from, to).plan(from, mishap, 1);
    }

    void planEverywhere(Mishap mishap) {
        for (FaultyLink link : links) {
            link.plan(link.dialler(), mishap, ALL);
            link.plan(link.acceptor(), mishap, ALL);
        }
    }

    /** The connections of a pair wait until another pair's are through to their acceptor. */
    void holdUntil(int rank, int other, int earlierRank, int earlierOther) {
        FaultyLink earlier = link(earlierRank, earlierOther);
        link(rank, other).holdUntil(() -> earlier.accepted() > 0);
    }

    /** Each connection of the pair comes twice, the second one with the same bytes. */
    void duplicate(int rank, int other) {
        link(rank, other).duplicate();
    }

    /** Resets the connection of the pair now. */
    void cut(int rank, int other) {
        order(() -> link(rank, other).cut());
    }

    LinkTraffic traffic(int from, int to) {
        return link(from, to).traffic(from);
    }

    private FaultyLink link(int rank, int other) {
        return links.stream()
                .filter(link -> rank != other && link.joins(rank) && link.joins(other))
                .findFirst()
                .orElseThrow();
    }

    private void order(Runnable order) {
        orders.add(order);
        selector.wakeup();
    }

    private void silence(int rank) {
        links.stream().filter(link -> link.joins(rank)).forEach(FaultyLink::silence);
    }

    private void move() {
        try {
            while (!closed) {
                for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
                    order.run();
                }
                if (pass(System.nanoTime())) {
                    // Also lets go of the descriptors of closed channels.
                    selector.selectNow();
                } else {
                    await(System.nanoTime());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            broken = e;
        } finally {
            links.forEach(FaultyLink::close);
            Connections.closeQuietly(selector);
        }
    }

    private boolean pass(long now) throws IOException {
        boolean progress = false;
        for (FaultyLink link : links) {
            progress |= link.advance(now, selector, this::silence);
        }
        return progress;
    }

    private void await(long now) throws IOException {
        long wait = TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS);
        for (FaultyLink link : links) {
            wait = Math.min(wait, link.await(selector, now));
        }
        if (wait < TimeUnit.MILLISECONDS.toNanos(1)) {
            Thread.onSpinWait();
            selector.selectNow();
        } else {
            selector.select(TimeUnit.NANOSECONDS.toMillis(wait));
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            mover.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (broken != null) {
            throw new AssertionError("The network of the test broke by itself", broken);
        }
    }
}
