package io.firesteel.engine.comm;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;

/**
 * Moves the bytes of an exchange to and from all peers at once on the calling thread. Writing never waits for reading or
 * the other way round, so ranks that all send large values don't block each other.
 */
final class ExchangeLoop {
    /** Between polling and sleeping a rank goes on polling, but lets others have the core: this many times as long. */
    private static final int YIELDING_SPINS = 200;

    private final List<PeerChannel> peers;
    private final Selector selector;
    private final WaitGuard guard;
    private final Duration deadline;
    private final long deadlineNanos;
    private final long spinNanos;
    private Exchange current;

    ExchangeLoop(List<PeerChannel> peers, Selector selector, CommunicatorOptions options) {
        this.peers = List.copyOf(peers);
        this.selector = selector;
        guard = new WaitGuard(options.cancellation());
        deadline = options.operationDeadline();
        deadlineNanos = deadline.toNanos();
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
            progress |= peer.send(exchange, now);
            progress |= peer.receive(exchange, now);
        }
        return progress;
    }

    /**
     * Runs only after a pass that moved nothing, so that a rank which was itself stopped for a while blames nobody. Of
     * several silent peers the one silent for longest is named: the others may be waiting for it too.
     */
    private void checkDeadline(long now) throws Fault {
        PeerChannel slowest = null;
        long longest = deadlineNanos;
        for (PeerChannel peer : peers) {
            long idle = peer.idleNanos(current, now);
            if (idle > longest) {
                slowest = peer;
                longest = idle;
            }
        }
        if (slowest != null) {
            throw new Fault(
                    CommunicationException.Kind.DEADLINE,
                    slowest.rank(),
                    "moved no byte for " + deadline.toMillis()
                            + " ms; if it is only slow, raise the operation deadline");
        }
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
