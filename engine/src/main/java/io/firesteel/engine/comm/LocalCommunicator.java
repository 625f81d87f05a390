package io.firesteel.engine.comm;

import java.nio.FloatBuffer;
import java.util.List;

/** A world of one rank: sums its own contributions in the same order as any other world. */
final class LocalCommunicator implements Communicator {
    private static final int CHUNK_ELEMENTS = 16 << 10;

    private volatile boolean closed;

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int worldSize() {
        return 1;
    }

    @Override
    public void allReduceSum(List<FloatBuffer> contributions, FloatBuffer result) {
        checkOpen(Operation.ALL_REDUCE_SUM);
        SumArguments arguments = SumArguments.of(contributions, result);
        if (arguments.contributions().isEmpty()) {
            throw SumArguments.nothingContributed(arguments.elements());
        }
        new Fold(Math.min(CHUNK_ELEMENTS, Math.max(1, arguments.elements())))
                .foldAll(arguments.contributions(), arguments.result());
    }

    @Override
    public List<byte[]> allGather(byte[] value) {
        checkOpen(Operation.ALL_GATHER);
        return List.of(value.clone());
    }

    @Override
    public byte[] broadcast(byte[] value, int root) {
        checkOpen(Operation.BROADCAST);
        if (root != 0) {
            throw new IllegalArgumentException("Cannot broadcast from rank " + root + ": no such rank (expected 0)");
        }
        return value.clone();
    }

    @Override
    public long allReduceMax(long value) {
        checkOpen(Operation.ALL_REDUCE_MAX);
        return value;
    }

    @Override
    public void barrier() {
        checkOpen(Operation.BARRIER);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void checkOpen(Operation operation) {
        if (closed) {
            throw new IllegalStateException(
                    "Cannot start " + operation.title() + " on rank 0: the communicator is closed");
        }
    }
}
