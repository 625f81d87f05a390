package io.firesteel.engine.comm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;

/** A peer that proves itself and then sends whatever bytes a test wants, or none. */
final class RawPeer implements AutoCloseable {
    private final SocketChannel channel;

    private RawPeer(SocketChannel channel) {
        this.channel = channel;
    }

    /** Dials a rank as the group's own rank, which must be the higher one, and completes the handshake. */
    static RawPeer join(Group group, int acceptor) throws IOException, Fault {
        SocketChannel channel = SocketChannel.open(group.members().get(acceptor).address());
        while (!new DiallingHandshake(channel, new Credentials(withoutMemory(group)), acceptor).advance()) {
            Thread.onSpinWait();
        }
        return new RawPeer(channel);
    }

    /** What a dialler of the group says first. */
    static byte[] hello(Group group, int acceptor) {
        Credentials credentials = new Credentials(group);
        return credentials.hello(acceptor, credentials.nonce(), 0);
    }

    /** What a raw peer sends has to go over its socket. */
    private static Group withoutMemory(Group group) {
        CommunicatorOptions options =
                group.options().toBuilder().optSharedMemoryBytes(0).build();
        return new Group(group.runId(), group.attempt(), group.rank(), group.members(), group.secret(), options);
    }

    static RawPeer connect(PeerListener listener) throws IOException {
        return new RawPeer(SocketChannel.open(listener.address()));
    }

    void send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    void send(Frame frame) throws IOException {
        send(bytes(frame));
    }

    static byte[] bytes(Frame frame) {
        ByteBuffer buffer = ByteBuffer.allocate(Frame.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        frame.encode(buffer);
        return buffer.array();
    }

    /** Exactly so many bytes; fewer if the other side closed before. */
    byte[] read(int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            Thread.onSpinWait();
        }
        byte[] read = new byte[buffer.position()];
        buffer.flip().get(read);
        return read;
    }

    /** Reads on until the other side has closed. */
    void awaitEnd() {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        try {
            while (channel.read(buffer) >= 0) {
                buffer.clear();
            }
        } catch (IOException e) {
            // A reset is an end too.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
