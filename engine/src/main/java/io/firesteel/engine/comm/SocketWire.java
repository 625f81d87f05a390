package io.firesteel.engine.comm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connection as it is: a buffer for each direction before the socket's own. */
final class SocketWire implements Wire {
    private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SelectionKey key;
    /** Position to limit is what the socket hasn't taken yet, except between room and commit. */
    private final ByteBuffer outbound;
    /** Position to limit is what hasn't been taken yet. */
    private final ByteBuffer inbound;

    private boolean filling;

    /** Takes over a connected, non-blocking channel that is registered with a selector. */
    SocketWire(SocketChannel channel, SelectionKey key, int bufferBytes) {
        this.channel = channel;
        this.key = key;
        outbound = buffer(bufferBytes);
        inbound = buffer(bufferBytes);
    }

    /** Empty; a multiple of 8 and at least a header, so that small frames go at once. */
    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(Frame.HEADER_BYTES + (bytes + 7 & -8))
                .order(ByteOrder.LITTLE_ENDIAN)
                .limit(0);
    }

    @Override
    public String name() {
        return "socket";
    }

    @Override
    public ByteBuffer room() {
        if (outbound.hasRemaining()) {
            return NO_ROOM;
        }
        filling = true;
        return outbound.clear();
    }

    @Override
    public int commit() {
        if (filling) {
            outbound.flip();
            filling = false;
        }
        return 0;
    }

    @Override
    public int flush() throws IOException {
        return outbound.hasRemaining() ? channel.write(outbound) : 0;
    }

    @Override
    public int pending() {
        return outbound.remaining();
    }

    @Override
    public ByteBuffer received() {
        return inbound;
    }

    @Override
    public void taken() {
        // The position says it.
    }

    @Override
    public boolean canRead() {
        return inbound.remaining() < inbound.capacity();
    }

    @Override
    public int read() throws IOException {
        makeRoom();
        try {
            return channel.read(inbound);
        } finally {
            inbound.flip();
        }
    }

    /** Leaves the buffer ready to be read into; a move costs, so only what has to move does. */
    private void makeRoom() {
        if (inbound.position() > 0) {
            inbound.compact();
        } else {
            inbound.position(inbound.limit()).limit(inbound.capacity());
        }
    }

    @Override
    public boolean sleep(boolean room, boolean bytes) {
        int ops = (room ? SelectionKey.OP_WRITE : 0) | (bytes ? SelectionKey.OP_READ : 0);
        if (key.interestOps() != ops) {
            key.interestOps(ops);
        }
        return true;
    }

    @Override
    public void awake() {
        // Interests are set anew before each sleep.
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
