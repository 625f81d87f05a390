package io.firesteel.engine.comm;

/**
 * What a communicator and the groups split off it share: what carries their exchanges, the one operation that may be in
 * progress, and the failure that ended them all.
 */
final class Session {
    private final Carrier carrier;
    private final SharedRegions regions = new SharedRegions();
    /** The operation that is started and not awaited, or null. */
    private OperationNumber pending;

    private volatile boolean closed;
    private volatile Throwable firstFailure;

    Session(Carrier carrier) {
        this.carrier = carrier;
    }

    /** Refuses an operation that can't begin now. */
    void checkReady(OperationNumber operation) {
        Throwable failure = firstFailure;
        if (failure != null) {
            throw CommunicationException.after(failure, operation.title(), carrier.rank());
        }
        if (closed) {
            throw closed(operation);
        }
        if (pending != null) {
            throw new IllegalStateException("Cannot start " + operation.title() + " on rank " + carrier.rank() + ": "
                    + pending.title() + " is in progress (await it first)");
        }
    }

    IllegalStateException closed(OperationNumber operation) {
        return new IllegalStateException(
                "Cannot start " + operation.title() + " on rank " + carrier.rank() + ": the communicator is closed");
    }

    /** Refuses groups where there can't be any. */
    void checkSplits() {
        if (carrier.needsAllRanks()) {
            throw new UnsupportedOperationException("Cannot split on rank " + carrier.rank()
                    + ": a relay carries the operations, which needs all ranks for each"
                    + " (expected connections between the ranks)");
        }
    }

    /** What has been allocated so far. */
    SharedRegions regions() {
        return regions;
    }

    /** Whether this rank and all others of the roster are processes of one machine that map the same memory. */
    boolean sharesMemory(Roster roster) {
        for (int at = 0; at < roster.size(); at++) {
            if (at != roster.position() && !carrier.sharesMemoryWith(roster.rank(at))) {
                return false;
            }
        }
        return true;
    }

    int worldSize() {
        return carrier.worldSize();
    }

    void begin(OperationNumber operation, Exchange exchange) {
        pending = operation;
        step(() -> carrier.begin(exchange));
    }

    void poll() {
        if (firstFailure != null) {
            throw CommunicationException.after(firstFailure, pending.title(), carrier.rank());
        }
        step(carrier::poll);
    }

    void finish() {
        if (firstFailure != null) {
            throw CommunicationException.after(firstFailure, pending.title(), carrier.rank());
        }
        step(carrier::finish);
        pending = null;
    }

    /** What follows from the values of an operation that is over. */
    interface Conclusion<T> {
        T draw() throws Fault;
    }

    /** Draws it; values that can't be right end the communicator. */
    <T> T conclude(OperationNumber operation, Conclusion<T> conclusion) {
        try {
            return conclusion.draw();
        } catch (Fault fault) {
            throw broken(carrier.failure(fault, operation.title()));
        }
    }

    void close() {
        closed = true;
        carrier.close();
        regions.forget();
    }

    private interface Step {
        void run() throws Fault;
    }

    /** Whatever ends an exchange early leaves half a message on the wire, so it ends the communicator. */
    private void step(Step step) {
        try {
            step.run();
        } catch (Fault fault) {
            throw broken(failure(fault));
        } catch (Throwable unexpected) {
            if (closed) {
                throw broken(failure(Fault.cancelled("", unexpected)));
            }
            broken(unexpected);
            throw unexpected;
        }
    }

    private CommunicationException failure(Fault fault) {
        // Closing from another thread shows up as whatever the channel or selector happened to be doing.
        Fault cause =
                closed ? Fault.cancelled("the communicator was closed by another thread", fault.getCause()) : fault;
        return carrier.failure(cause, pending.title());
    }

    private <T extends Throwable> T broken(T failure) {
        firstFailure = failure;
        close();
        return failure;
    }
}
