package io.firesteel.engine.comm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/**
 * The port on which a rank waits for its peers, opened before the ranks know each other's addresses.
 *
 * <pre>
 *   try (PeerListener listener = PeerListener.open(bind)) {
 *       // tell the others listener.address(), learn theirs
 *       try (Communicator communicator = listener.connect(group)) { … }
 *   }
 * </pre>
 *
 * No byte is read before {@link #connect} is called, and the port is closed when that returns. Not thread-safe except
 * for {@link #close()}.
 */
public final class PeerListener implements AutoCloseable {
    private static final int BACKLOG = 512;

    private final ServerSocketChannel server;
    private final InetSocketAddress address;

    private PeerListener(ServerSocketChannel server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Listens on a free port of the address.
     *
     * @param bind the local address that peers can reach
     * @throws UncheckedIOException if the address isn't this machine's, or no port is free
     */
    public static PeerListener open(InetAddress bind) {
        ServerSocketChannel server = null;
        try {
            server = ServerSocketChannel.open();
            server.configureBlocking(false);
            server.bind(new InetSocketAddress(bind, 0), BACKLOG);
            return new PeerListener(server, (InetSocketAddress) server.getLocalAddress());
        } catch (IOException e) {
            if (server != null) {
                Connections.closeQuietly(server);
            }
            throw new UncheckedIOException(
                    "Cannot listen for peers on " + bind.getHostAddress() + ": " + e.getMessage()
                            + " (expected an address of this machine)",
                    e);
        }
    }

    /** Where the peers are to connect: the bound address and the port that the system chose. */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Connects this rank to all others, which must call this too, and closes this listener whatever the outcome.
     * Each pair of ranks gets one connection, dialled by the higher rank, over which both prove that they know the
     * secret and belong to the same run and attempt. Connections that don't are closed and change nothing.
     *
     * @return the communicator; the caller closes it
     * @throws CommunicationException of kind AUTHENTICATION if a rank that this one dials refuses it or can't prove itself,
     *     DEADLINE if ranks are missing after {@link CommunicatorOptions#connectDeadline()}, PEER_LOST if a connected rank
     *     goes away before all are there, CANCELLED on interrupt or {@link #close()}
     * @throws IllegalStateException if this listener is closed, as it is after the first call
     */
    public Communicator connect(Group group) {
        if (!server.isOpen()) {
            throw new IllegalStateException("Cannot connect rank " + group.rank() + ": the listener on " + address
                    + " is closed (expected an open one; each connects once)");
        }
        try (this) {
            return connectOpen(group);
        }
    }

    private Communicator connectOpen(Group group) {
        try {
            HostLayout hosts =
                    HostLayout.of(group.members().stream().map(Member::host).toList());
            return new PeerCommunicator(
                    new MeshCarrier(group, Mesh.connect(group, server)),
                    group.options(),
                    hosts,
                    group.options().algorithm());
        } catch (IOException e) {
            throw failure(group, ended(e));
        } catch (Fault fault) {
            throw failure(group, fault);
        }
    }

    private Fault ended(IOException e) {
        return server.isOpen()
                ? new Fault(
                        CommunicationException.Kind.PEER_LOST,
                        Fault.NO_PEER,
                        "the network failed: " + e.getMessage(),
                        e)
                : Fault.cancelled("the listener was closed by another thread", e);
    }

    private CommunicationException failure(Group group, Fault fault) {
        return CommunicationException.of(
                fault,
                "connect",
                group,
                "connect deadline " + group.options().connectDeadline().toMillis() + " ms");
    }

    /** Closes the port. A second call does nothing. */
    @Override
    public void close() {
        Connections.closeQuietly(server);
    }
}
