package io.firesteel.engine.comm;

/** Carries the exchanges of a world of one rank: there is nobody to send anything to. */
final class NoPeers implements Carrier {
    private Exchange current;

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int worldSize() {
        return 1;
    }

    @Override
    public void begin(Exchange exchange) {
        current = exchange;
    }

    @Override
    public void poll() {}

    @Override
    public void finish() {
        current.finish();
    }

    @Override
    public CommunicationException failure(Fault fault, String operation) {
        return CommunicationException.of(fault, operation, 0, null, "world of one rank");
    }

    @Override
    public void close() {}
}
