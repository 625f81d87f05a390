package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.Partition;
import io.firesteel.engine.kernel.NarrowFloat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Contributions and sum in 16 bits per element: each rank gets every shard's part of its slice, adds them up in shard order in
 * float32, rounds the sum, which has a debt of its own, and sends it to all. All of it is element by element or block by block,
 * so its bits depend on the shards alone.
 */
final class RoundedSum implements LossySum {
    private final Communicator communicator;
    private final Partition slices;
    private final boolean own;
    private final WireBlock block;
    private final float[] owedToSum;
    private final float[] total = new float[WireBlock.FLOATS];
    private final float[] addend = new float[WireBlock.FLOATS];
    private final List<ByteBuffer> outgoing = new ArrayList<>();
    private final List<ByteBuffer> incoming = new ArrayList<>();
    private final List<ByteBuffer> sums = new ArrayList<>();

    /**
     * @param slices one for each rank, which begin where blocks do
     * @param own whether each rank gets its own slice of the sum alone
     */
    RoundedSum(Communicator communicator, Partition slices, boolean own, NarrowFloat type) {
        this.communicator = communicator;
        this.slices = slices;
        this.own = own;
        this.block = new WireBlock(type);
        this.owedToSum = new float[slices.length(communicator.rank())];
    }

    @Override
    public void add(List<float[]> owed, FloatBuffer sum) {
        if (outgoing.isEmpty()) {
            allocate(owed.size());
        }
        int rank = communicator.rank();
        for (int peer = 0; peer < slices.parts(); peer++) {
            encode(owed, peer, outgoing.get(peer).clear());
        }
        incoming.forEach(ByteBuffer::clear);
        communicator.allToAll(outgoing, incoming);
        addOwnSlice(sums.get(rank).clear(), sum);
        if (!own) {
            gather(sum);
        }
    }

    @Override
    public void settle(FloatBuffer slice) {
        for (int i = 0; i < owedToSum.length; i++) {
            slice.put(i, slice.get(i) + owedToSum[i]);
            owedToSum[i] = 0;
        }
    }

    /** Collective: how many shards each rank hosts says what to expect from it. What goes to this rank itself stays here. */
    private void allocate(int shards) {
        int rank = communicator.rank();
        int slice = WireBlock.bytes(slices.length(rank));
        List<byte[]> counts = communicator.allGather(
                ByteBuffer.allocate(Integer.BYTES).putInt(shards).array());
        for (int peer = 0; peer < slices.parts(); peer++) {
            outgoing.add(wire(Math.multiplyExact(shards, WireBlock.bytes(slices.length(peer)))));
            int hosted = ByteBuffer.wrap(counts.get(peer)).getInt();
            incoming.add(peer == rank ? outgoing.get(rank) : wire(Math.multiplyExact(hosted, slice)));
            sums.add(wire(WireBlock.bytes(slices.length(peer))));
        }
    }

    private static ByteBuffer wire(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void encode(List<float[]> owed, int peer, ByteBuffer wire) {
        for (float[] values : owed) {
            int end = slices.from(peer) + slices.length(peer);
            for (int from = slices.from(peer); from < end; from += WireBlock.FLOATS) {
                block.encode(values, from, Math.min(WireBlock.FLOATS, end - from), wire);
            }
        }
        wire.flip();
    }

    /** Adds the shards' parts of this rank's slice, and what rounding has taken from the sum before. */
    private void addOwnSlice(ByteBuffer wire, FloatBuffer sum) {
        int begin = slices.from(communicator.rank());
        int blockBytes = WireBlock.bytes(WireBlock.FLOATS);
        for (int from = 0; from < owedToSum.length; from += WireBlock.FLOATS) {
            int count = Math.min(WireBlock.FLOATS, owedToSum.length - from);
            addBlock(from, count, from / WireBlock.FLOATS * blockBytes);
            int at = wire.position();
            block.encode(owedToSum, from, count, wire);
            block.decode(wire.position(at), addend, count);
            sum.put(begin + from, addend, 0, count);
        }
        wire.flip();
    }

    private void addBlock(int from, int count, int offset) {
        Arrays.fill(total, 0);
        boolean first = true;
        int sliceBytes = WireBlock.bytes(owedToSum.length);
        for (ByteBuffer shards : incoming) {
            for (int at = offset; at < shards.limit(); at += sliceBytes) {
                block.decode(shards.position(at), first ? total : addend, count);
                if (!first) {
                    addToTotal(count);
                }
                first = false;
            }
        }
        for (int i = 0; i < count; i++) {
            owedToSum[from + i] += total[i];
        }
    }

    private void addToTotal(int count) {
        for (int i = 0; i < count; i++) {
            total[i] += addend[i];
        }
    }

    private void gather(FloatBuffer sum) {
        int rank = communicator.rank();
        List<ByteBuffer> toAll = new ArrayList<>();
        for (int peer = 0; peer < slices.parts(); peer++) {
            toAll.add(sums.get(rank));
            if (peer != rank) {
                sums.get(peer).clear();
            }
        }
        communicator.allToAll(toAll, sums);
        for (int peer = 0; peer < slices.parts(); peer++) {
            if (peer != rank) {
                decode(sums.get(peer), slices.from(peer), slices.length(peer), sum);
            }
        }
    }

    private void decode(ByteBuffer wire, int begin, int length, FloatBuffer sum) {
        for (int from = 0; from < length; from += WireBlock.FLOATS) {
            int count = Math.min(WireBlock.FLOATS, length - from);
            block.decode(wire, addend, count);
            sum.put(begin + from, addend, 0, count);
        }
    }
}
