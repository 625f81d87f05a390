package io.firesteel.engine.comm;

/** Carries exchanges over one connection per pair of ranks, on the calling thread. */
final class MeshCarrier implements Carrier {
    private final Group group;
    private final Connections connections;
    private final ExchangeLoop loop;

    /** Takes over the connections. */
    MeshCarrier(Group group, Connections connections) {
        this.group = group;
        this.connections = connections;
        loop = new ExchangeLoop(connections.peers(), connections.selector(), group.options());
    }

    @Override
    public int rank() {
        return group.rank();
    }

    @Override
    public int worldSize() {
        return group.worldSize();
    }

    @Override
    public boolean sharesMemoryWith(int peer) {
        return connections.peers().stream().anyMatch(channel -> channel.rank() == peer && channel.sharesMemory());
    }

    @Override
    public void begin(Exchange exchange) throws Fault {
        loop.begin(exchange);
    }

    @Override
    public void poll() throws Fault {
        loop.poll();
    }

    @Override
    public void finish() throws Fault {
        loop.finish();
    }

    @Override
    public CommunicationException failure(Fault fault, String operation) {
        return CommunicationException.of(
                fault,
                operation,
                group,
                connections.progressWith(fault.peer()) + "operation deadline "
                        + group.options().operationDeadline().toMillis() + " ms");
    }

    @Override
    public void close() {
        connections.close();
    }
}
