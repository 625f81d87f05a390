package io.firesteel.engine.comm;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * Two rings in memory that the peer shares, and the connection over which the ranks met: it wakes a rank that sleeps, and
 * its end is the end of the peer.
 *
 * <p>Before a rank sleeps it raises its flag and looks once more; after a rank has put or taken it looks at the other's flag.
 * Between the writes and the reads of both stands a full fence, so one of them sees the other, and no wake-up is lost.
 */
final class SharedMemoryWire implements Wire {
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long AWAKE = 0;
    private static final long ASLEEP = 1;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Ring out;
    private final Ring in;
    private final ByteBuffer ownFlag;
    private final ByteBuffer peerFlag;
    private final ByteBuffer bell = ByteBuffer.allocateDirect(1);
    private final ByteBuffer bells = ByteBuffer.allocateDirect(64);
    /** The socket is looked at only after a sleep, for a look costs more than a whole small exchange. */
    private boolean slept;

    private boolean ended;
    private IOException howItEnded = new EOFException();

    /** Takes over the connection, which is non-blocking and registered with a selector. */
    SharedMemoryWire(SharedMemory memory, SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
        out = memory.outbound();
        in = memory.inbound();
        ownFlag = memory.ownFlag();
        peerFlag = memory.peerFlag();
    }

    @Override
    public String name() {
        return "shared memory";
    }

    @Override
    public boolean isMemory() {
        return true;
    }

    @Override
    public ByteBuffer room() throws IOException {
        return out.room();
    }

    @Override
    public int commit() {
        int count = out.commit();
        if (count > 0) {
            ring();
        }
        return count;
    }

    /** Nothing is left to move; but a rank that waits for room must learn that nobody makes any. */
    @Override
    public int flush() throws IOException {
        lookAtSocket();
        if (ended && !out.hasRoom()) {
            throw howItEnded;
        }
        return 0;
    }

    @Override
    public int pending() {
        return 0;
    }

    @Override
    public ByteBuffer received() {
        return in.received();
    }

    @Override
    public void taken() {
        if (in.release() > 0) {
            ring();
        }
    }

    @Override
    public boolean canRead() {
        return true;
    }

    @Override
    public int read() throws IOException {
        int count = in.look();
        if (count > 0) {
            return count;
        }
        lookAtSocket();
        if (!ended) {
            return 0;
        }
        // What the peer put before it left is to be seen now, for it closed after.
        count = in.look();
        if (count == 0) {
            throw howItEnded;
        }
        return count;
    }

    private void lookAtSocket() {
        if (slept && !ended) {
            slept = false;
            try {
                ended = channel.read(bells.clear()) < 0;
            } catch (IOException e) {
                ended = true;
                howItEnded = e;
            }
        }
    }

    /** A bell that doesn't fit isn't needed, as the socket is full of them; one that fails has to be looked into. */
    private void ring() {
        VarHandle.fullFence();
        if ((long) LONG.getVolatile(peerFlag, 0) == ASLEEP && LONG.compareAndSet(peerFlag, 0, ASLEEP, AWAKE)) {
            try {
                channel.write(bell.clear());
            } catch (IOException e) {
                slept = true;
            }
        }
    }

    @Override
    public boolean sleep(boolean room, boolean bytes) {
        LONG.setVolatile(ownFlag, 0, ASLEEP);
        VarHandle.fullFence();
        slept = true;
        if ((room && out.hasRoom()) || (bytes && in.hasMore())) {
            return false;
        }
        if (key.interestOps() != SelectionKey.OP_READ) {
            key.interestOps(SelectionKey.OP_READ);
        }
        return true;
    }

    @Override
    public void awake() {
        LONG.setVolatile(ownFlag, 0, AWAKE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
