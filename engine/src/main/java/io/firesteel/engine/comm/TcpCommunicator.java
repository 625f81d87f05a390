package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** A rank of a world whose pairs of ranks are each connected by TCP. */
final class TcpCommunicator implements Communicator {
    private static final byte[] NOTHING = {};

    private final Group group;
    private final CommunicatorOptions options;
    private final Connections connections;
    private final ExchangeLoop loop;
    private final Fold fold;

    private long sequence;
    private volatile boolean closed;
    private volatile Throwable firstFailure;

    /** Takes over the connections. */
    TcpCommunicator(Group group, Connections connections) {
        this.group = group;
        this.connections = connections;
        options = group.options();
        loop = new ExchangeLoop(connections.peers(), connections.selector(), options);
        fold = new Fold(options.chunkBytes() / Float.BYTES);
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
    public void allReduceSum(List<FloatBuffer> contributions, FloatBuffer result) {
        start(Operation.ALL_REDUCE_SUM);
        SumArguments arguments = SumArguments.of(contributions, result);
        boolean oneHop = (long) arguments.elements() * Float.BYTES <= options.smallVectorBytes();
        Slices slices = oneHop
                ? Slices.whole(arguments.elements(), worldSize())
                : Slices.even(arguments.elements(), worldSize());
        ReduceExchange reduce = new ReduceExchange(sequence, rank(), worldSize(), slices, arguments, fold);
        run(Operation.ALL_REDUCE_SUM, reduce);
        if (reduce.totalContributions() == 0) {
            sequence++;
            throw SumArguments.nothingContributed(arguments.elements());
        }
        if (!oneHop) {
            run(Operation.SUMMED_SLICES, new SlicesExchange(sequence, rank(), slices, arguments.result()));
        }
        sequence++;
    }

    @Override
    public List<byte[]> allGather(byte[] value) {
        start(Operation.ALL_GATHER);
        checkSize(Operation.ALL_GATHER, value);
        return exchange(Operation.ALL_GATHER, 0, value, peer -> options.maxMessageBytes());
    }

    @Override
    public byte[] broadcast(byte[] value, int root) {
        start(Operation.BROADCAST);
        if (root < 0 || root >= worldSize()) {
            throw new IllegalArgumentException(
                    "Cannot broadcast from rank " + root + ": no such rank (expected in [0, " + worldSize() + "))");
        }
        byte[] sent = NOTHING;
        if (rank() == root) {
            checkSize(Operation.BROADCAST, value);
            sent = value;
        }
        return exchange(Operation.BROADCAST, root, sent, peer -> peer == root ? options.maxMessageBytes() : 0)
                .get(root);
    }

    @Override
    public long allReduceMax(long value) {
        start(Operation.ALL_REDUCE_MAX);
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
        long max = value;
        for (byte[] other : exchange(Operation.ALL_REDUCE_MAX, 0, bytes, peer -> Long.BYTES)) {
            max = Math.max(max, ByteBuffer.wrap(other).getLong());
        }
        return max;
    }

    @Override
    public void barrier() {
        start(Operation.BARRIER);
        exchange(Operation.BARRIER, 0, NOTHING, peer -> 0);
    }

    @Override
    public void close() {
        closed = true;
        connections.close();
    }

    private void start(Operation operation) {
        Throwable failure = firstFailure;
        if (failure != null) {
            throw CommunicationException.after(failure, title(operation), rank());
        }
        if (closed) {
            throw new IllegalStateException(
                    "Cannot start " + title(operation) + " on rank " + rank() + ": the communicator is closed");
        }
    }

    private void checkSize(Operation operation, byte[] value) {
        if (value.length > options.maxMessageBytes()) {
            throw new IllegalArgumentException("Cannot send the value of " + title(operation) + ": too large ("
                    + value.length + " bytes, expected <= maxMessageBytes, " + options.maxMessageBytes() + ")");
        }
    }

    private List<byte[]> exchange(Operation operation, int root, byte[] value, IntUnaryOperator maxBytes) {
        Frame frame = new Frame(operation, sequence, value.length, root, 0);
        BytesExchange exchange = new BytesExchange(frame, value, rank(), worldSize(), maxBytes);
        run(operation, exchange);
        sequence++;
        return exchange.values();
    }

    /** Whatever ends an exchange early leaves half a message on the wire, so it ends the communicator. */
    private void run(Operation operation, Exchange exchange) {
        try {
            loop.run(exchange);
        } catch (Fault fault) {
            throw broken(failure(operation, fault));
        } catch (Throwable unexpected) {
            if (closed) {
                throw broken(failure(operation, Fault.cancelled("", unexpected)));
            }
            broken(unexpected);
            throw unexpected;
        }
    }

    private CommunicationException failure(Operation operation, Fault fault) {
        // Closing from another thread shows up as whatever the channel or selector happened to be doing.
        Fault cause =
                closed ? Fault.cancelled("the communicator was closed by another thread", fault.getCause()) : fault;
        return CommunicationException.of(
                cause,
                title(operation),
                group,
                connections.progressWith(cause.peer()) + "operation deadline "
                        + options.operationDeadline().toMillis() + " ms");
    }

    private <T extends Throwable> T broken(T failure) {
        firstFailure = failure;
        close();
        return failure;
    }

    private String title(Operation operation) {
        return operation.title() + " " + sequence;
    }
}
