package io.firesteel.engine.comm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A connection on which bytes travel in sealed records: the length of the sealed content as an int, little-endian, then the
 * sealed content.
 */
final class SealedWire implements Wire {
    private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);
    private static final int RECORD_BYTES = 64 << 10;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Sealing sealing;
    private final Seal seal;
    private final ByteBuffer content = buffer(RECORD_BYTES);
    private final ByteBuffer sealedOut;
    private final ByteBuffer sealedIn;
    /** Position to limit is what hasn't been taken yet. */
    private final ByteBuffer opened = buffer(4 * RECORD_BYTES).limit(0);

    private boolean filling;

    /** Takes over a connected, non-blocking channel that is registered with a selector. */
    SealedWire(SocketChannel channel, SelectionKey key, Sealing sealing, Seal seal) {
        this.channel = channel;
        this.key = key;
        this.sealing = sealing;
        this.seal = seal;
        sealedOut = buffer(Integer.BYTES + RECORD_BYTES + seal.overhead()).limit(0);
        sealedIn = buffer(2 * sealedOut.capacity()).limit(0);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public String name() {
        return sealing == Sealing.ENCRYPTION ? "encrypted socket" : "socket with checksums";
    }

    @Override
    public ByteBuffer room() {
        if (sealedOut.hasRemaining()) {
            return NO_ROOM;
        }
        filling = true;
        return content.clear();
    }

    @Override
    public int commit() {
        if (filling && content.position() > 0) {
            content.flip();
            sealedOut.clear().position(Integer.BYTES);
            seal.seal(content, sealedOut);
            sealedOut.flip().putInt(0, sealedOut.limit() - Integer.BYTES);
        }
        filling = false;
        return 0;
    }

    @Override
    public int flush() throws IOException {
        return sealedOut.hasRemaining() ? channel.write(sealedOut) : 0;
    }

    @Override
    public int pending() {
        return sealedOut.remaining();
    }

    @Override
    public ByteBuffer received() {
        return opened;
    }

    @Override
    public void taken() {
        // The position says it.
    }

    @Override
    public boolean canRead() {
        return opened.capacity() - opened.remaining() >= RECORD_BYTES;
    }

    @Override
    public int read() throws IOException {
        int before = opened.remaining();
        int count = 0;
        if (!openAll()) {
            sealedIn.compact();
            try {
                count = channel.read(sealedIn);
            } finally {
                sealedIn.flip();
            }
            openAll();
        }
        int gained = opened.remaining() - before;
        return gained > 0 ? gained : count;
    }

    /** Opens the records that are here and fit; false if the next one isn't complete. */
    private boolean openAll() throws DamagedException {
        opened.compact();
        try {
            while (opened.remaining() >= RECORD_BYTES) {
                int length = completeRecord();
                if (length < 0) {
                    return false;
                }
                int end = sealedIn.limit();
                sealedIn.position(sealedIn.position() + Integer.BYTES);
                sealedIn.limit(sealedIn.position() + length);
                seal.open(sealedIn, opened);
                sealedIn.limit(end);
            }
            return true;
        } finally {
            opened.flip();
        }
    }

    private int completeRecord() throws DamagedException {
        if (sealedIn.remaining() < Integer.BYTES) {
            return -1;
        }
        int length = sealedIn.getInt(sealedIn.position());
        if (length <= seal.overhead() || length > RECORD_BYTES + seal.overhead()) {
            throw new DamagedException("announced a record of " + length + " bytes, expected in ["
                    + (seal.overhead() + 1) + ", " + (RECORD_BYTES + seal.overhead()) + "]: it was damaged on its way");
        }
        return sealedIn.remaining() >= Integer.BYTES + length ? length : -1;
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
