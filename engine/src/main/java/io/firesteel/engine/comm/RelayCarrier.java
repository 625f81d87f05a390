package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Carries exchanges through a relay, in rounds: each rank hands in the next part of its frames to all others and takes
 * from the others' what is meant for itself, until everyone has sent everything.
 *
 * <p>What a rank hands in is 1 if it has nothing left afterwards, or else 0, and sections: a receiver's rank, or -1 where
 * all get the same, a length, and that many bytes of header and payload.
 */
final class RelayCarrier implements Carrier {
    static final int ROUND_BYTES = 1 << 20;
    private static final int EVERYONE = -1;
    private static final int SECTION_HEADER = 2 * Integer.BYTES;

    private final int rank;
    private final int worldSize;
    private final Relay relay;
    private final ByteBuffer part = ByteBuffer.allocate(ROUND_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long rounds;
    private Exchange exchange;
    private RelayInbox[] inboxes;
    private RelayOutbox[] outboxes;
    private volatile boolean closed;

    RelayCarrier(int rank, int worldSize, Relay relay) {
        if (rank < 0 || rank >= worldSize) {
            throw new IllegalArgumentException(
                    "Invalid rank of a relayed world: " + rank + " (must be in [0, " + worldSize + "))");
        }
        this.rank = rank;
        this.worldSize = worldSize;
        this.relay = relay;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int worldSize() {
        return worldSize;
    }

    @Override
    public boolean needsAllRanks() {
        return true;
    }

    @Override
    public void begin(Exchange next) {
        exchange = next;
        inboxes = new RelayInbox[worldSize];
        outboxes = new RelayOutbox[worldSize];
        for (int peer = 0; peer < worldSize; peer++) {
            if (peer != rank) {
                inboxes[peer] = new RelayInbox(next, peer, rank);
                outboxes[peer] = new RelayOutbox(next, peer);
            }
        }
    }

    @Override
    public void poll() {}

    @Override
    public void finish() throws Fault {
        boolean everyoneSent = false;
        while (worldSize > 1 && !everyoneSent) {
            List<byte[]> values = relay.exchange(rounds++, nextPart());
            if (closed) {
                throw Fault.cancelled("the communicator was closed by another thread", null);
            }
            everyoneSent = takeAll(values);
        }
        for (int peer = 0; peer < worldSize; peer++) {
            if (peer != rank && !inboxes[peer].isComplete()) {
                throw Fault.protocol(peer, "sent less than it announced through the relay");
            }
        }
        exchange.finish();
    }

    private byte[] nextPart() {
        part.clear().put((byte) 0);
        int first = rank == 0 ? 1 : 0;
        boolean sent;
        if (exchange.isSameForAll()) {
            sent = addSection(EVERYONE, outboxes[first], part.remaining());
        } else {
            sent = true;
            int left = worldSize - 1;
            for (int peer = 0; peer < worldSize; peer++) {
                if (peer != rank) {
                    sent &= addSection(peer, outboxes[peer], part.remaining() / left--);
                }
            }
        }
        part.put(0, (byte) (sent ? 1 : 0));
        byte[] value = new byte[part.position()];
        part.get(0, value);
        return value;
    }

    /** True if the outbox has nothing left. */
    private boolean addSection(int receiver, RelayOutbox outbox, int share) {
        int begin = part.position();
        if (!outbox.isEmpty() && share > SECTION_HEADER + Long.BYTES) {
            part.putInt(receiver).putInt(0);
            part.limit(begin + share);
            outbox.moveTo(part);
            part.limit(part.capacity());
            part.putInt(begin + Integer.BYTES, part.position() - begin - SECTION_HEADER);
        }
        return outbox.isEmpty();
    }

    /** True if every rank has handed in everything. */
    private boolean takeAll(List<byte[]> values) throws Fault {
        if (values.size() != worldSize) {
            throw Fault.protocol(
                    Fault.NO_PEER, "the relay gave the values of " + values.size() + " ranks, expected " + worldSize);
        }
        boolean everyoneSent = true;
        for (int peer = 0; peer < worldSize; peer++) {
            ByteBuffer value = ByteBuffer.wrap(values.get(peer)).order(ByteOrder.LITTLE_ENDIAN);
            everyoneSent &= value.hasRemaining() && value.get() == 1;
            if (peer != rank) {
                sort(value, inboxes[peer]);
            }
        }
        drainAll();
        return everyoneSent;
    }

    private void sort(ByteBuffer value, RelayInbox inbox) throws Fault {
        while (value.remaining() >= SECTION_HEADER) {
            int receiver = value.getInt();
            int length = value.getInt();
            if (length < 0 || length > value.remaining()) {
                throw Fault.protocol(
                        inbox.peer(),
                        "sent a section of " + length + " bytes through the relay, expected <= " + value.remaining());
            }
            if (receiver == rank || receiver == EVERYONE) {
                inbox.add(value.slice(value.position(), length));
            }
            value.position(value.position() + length);
        }
    }

    /** Bytes that wait for their turn are taken when those before them have been. */
    private void drainAll() throws Fault {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (int peer = 0; peer < worldSize; peer++) {
                progress |= peer != rank && inboxes[peer].drain();
            }
        }
    }

    @Override
    public CommunicationException failure(Fault fault, String operation) {
        return CommunicationException.of(fault, operation, rank, null, "through a relay, round " + rounds);
    }

    @Override
    public void close() {
        closed = true;
    }
}
