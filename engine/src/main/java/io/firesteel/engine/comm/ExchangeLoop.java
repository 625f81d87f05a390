package io.firesteel.engine.comm;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Moves the bytes of an exchange to and from all peers at once on the calling thread. Writing never waits for reading or
 * the other way round, so ranks that all send large values don't block each other.
 */
final class ExchangeLoop {
    /** Between polling and sleeping a rank goes on polling, but lets others have the core: this many times as long. */
    private static final int YIELDING_SPINS = 200;

    /** Ranks begin to wait for a silent one at slightly different times: by less than this part of the deadline. */
    private static final int PARTS_OF_DEADLINE = 8;

    private final List<PeerChannel> peers;
    private final Selector selector;
    private final WaitGuard guard;
    private final Duration deadline;
    private final long deadlineNanos;
    /** The longest time between two deadlines that end together. */
    private final long nearlyNanos;

    private final long spinNanos;
    private Exchange current;
    private long lastPass;

    ExchangeLoop(List<PeerChannel> peers, Selector selector, CommunicatorOptions options) {
        this.peers = List.copyOf(peers);
        this.selector = selector;
        guard = new WaitGuard(options.cancellation());
        deadline = options.operationDeadline();
        deadlineNanos = deadline.toNanos();
        nearlyNanos = deadlineNanos / PARTS_OF_DEADLINE;
        spinNanos = options.spin().toNanos();
    }

    void run(Exchange exchange) throws Fault {
        begin(exchange);
        finish();
    }

    /** Starts an exchange: what the wires take at once is on its way when this returns. */
    void begin(Exchange exchange) throws Fault {
        current = exchange;
        long now = System.nanoTime();
        lastPass = now;
        for (PeerChannel peer : peers) {
            peer.begin(exchange, now);
        }
        pass(exchange, now);
    }

    /** Goes on without waiting, between other work. */
    void poll() throws Fault {
        pass(current, System.nanoTime());
    }

    /** Waits for the end of the exchange. */
    void finish() throws Fault {
        long now = System.nanoTime();
        long idleSince = now;
        while (!done()) {
            boolean progress = pass(current, now);
            now = System.nanoTime();
            guard.check(now);
            if (progress) {
                idleSince = now;
            } else {
                checkDeadline(now);
                pause(now - idleSince);
                now = System.nanoTime();
            }
        }
        current.finish();
    }

    private boolean done() {
        for (PeerChannel peer : peers) {
            if (!peer.done()) {
                return false;
            }
        }
        return true;
    }

    private boolean pass(Exchange exchange, long now) throws Fault {
        boolean progress = false;
        for (PeerChannel peer : peers) {
            progress |= move(exchange, peer, now);
        }
        lastPass = now;
        return progress;
    }

    private boolean move(Exchange exchange, PeerChannel peer, long now) throws Fault {
        try {
            boolean sent = peer.send(exchange, now);
            return peer.receive(exchange, now) || sent;
        } catch (Fault fault) {
            throw fault.kind() == CommunicationException.Kind.PEER_LOST ? firstCause(fault, peer, now) : fault;
        }
    }

    /**
     * A peer may have left because another one is silent, which this rank would have blamed a moment later: two ranks whose
     * deadlines end together would otherwise blame each other. A rank that was itself stopped can't tell who was silent.
     */
    private Fault firstCause(Fault loss, PeerChannel lost, long now) {
        long limit = Math.max(deadlineNanos - nearlyNanos, lost.idleNanos(current, now));
        PeerChannel silent = silentFor(limit, now);
        if (silent == null || now - lastPass > nearlyNanos) {
            return loss;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(silent.idleNanos(current, now));
        return new Fault(
                CommunicationException.Kind.DEADLINE,
                silent.rank(),
                "moved no byte for " + millis + " ms, until rank " + lost.rank()
                        + " was lost, which may have waited for it too; if it is only slow, raise the operation deadline",
                loss);
    }

    /**
     * Runs only after a pass that moved nothing, so that a rank which was itself stopped for a while blames nobody. Of
     * several silent peers the one silent for longest is named: the others may be waiting for it too.
     */
    private void checkDeadline(long now) throws Fault {
        PeerChannel slowest = silentFor(deadlineNanos, now);
        if (slowest != null) {
            throw new Fault(
                    CommunicationException.Kind.DEADLINE,
                    slowest.rank(),
                    "moved no byte for " + deadline.toMillis()
                            + " ms; if it is only slow, raise the operation deadline");
        }
    }

    /** The peer that has been silent for longest, if that is longer than the limit; or null. */
    private PeerChannel silentFor(long limitNanos, long now) {
        PeerChannel slowest = null;
        long longest = limitNanos;
        for (PeerChannel peer : peers) {
            long idle = peer.idleNanos(current, now);
            if (idle > longest) {
                slowest = peer;
                longest = idle;
            }
        }
        return slowest;
    }

    /** A wake-up from select costs more than a small operation takes, so a short wait polls. */
    @SuppressWarnings("ThreadPriorityCheck") // yielding is what is meant: whoever can use the core shall have it
    private void pause(long idleNanos) throws Fault {
        if (idleNanos < spinNanos) {
            Thread.onSpinWait();
            return;
        }
        if (idleNanos < YIELDING_SPINS * spinNanos) {
            Thread.yield();
            return;
        }
        try {
            if (allSleep()) {
                selector.select(WaitGuard.PERIOD_MILLIS);
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new Fault(
                    CommunicationException.Kind.PEER_LOST, Fault.NO_PEER, "select failed: " + e.getMessage(), e);
        } finally {
            for (PeerChannel peer : peers) {
                peer.awake();
            }
        }
    }

    /** False if one of the peers has done what is waited for in the meantime. */
    private boolean allSleep() {
        for (PeerChannel peer : peers) {
            if (!peer.sleep()) {
                return false;
            }
        }
        return true;
    }
}
