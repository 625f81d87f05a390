package io.firesteel.engine.comm;

import io.firesteel.engine.comm.MappedSumExchange.Stages;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Every operation as one exchange of frames, whatever carries them. */
final class PeerCommunicator implements Communicator {
    private static final byte[] NOTHING = {};
    /** Vectors of this many times the small ones' size are read where they lie, if they lie in allocated memory. */
    private static final long READING_FROM = 8;

    private final Session session;
    private final Roster roster;
    private final CommunicatorOptions options;
    private final HostLayout hosts;
    private final ReductionAlgorithm algorithm;
    private final GroupNumbers groups;
    private final Runnable closing;
    private final Map<ReduceOperator, FloatNumbers> floats = new EnumMap<>(ReduceOperator.class);
    private final Map<ReduceOperator, DoubleNumbers> doubles = new EnumMap<>(ReduceOperator.class);
    private final Map<ReduceOperator, LongNumbers> longs = new EnumMap<>(ReduceOperator.class);
    private final FloatNumbers floatSums = floats.computeIfAbsent(ReduceOperator.SUM, FloatNumbers::new);

    private ExchangeSchedule lastSchedule;
    private long sequence;
    private long bytesSent;
    private volatile boolean closed;

    /**
     * The communicator of all ranks that the carrier, which it takes over, connects.
     *
     * @param hosts where the ranks are
     * @param algorithm for sums; the same on all ranks, as the layout and the options for vectors are
     */
    PeerCommunicator(Carrier carrier, CommunicatorOptions options, HostLayout hosts, ReductionAlgorithm algorithm) {
        session = new Session(carrier);
        roster = Roster.world(carrier.rank(), carrier.worldSize());
        this.options = options;
        this.hosts = hosts;
        this.algorithm = algorithm;
        groups = new GroupNumbers();
        closing = session::close;
    }

    private PeerCommunicator(PeerCommunicator parent, GroupNumbers.Share share) {
        session = parent.session;
        roster = parent.roster.of(share.members());
        options = parent.options;
        hosts = parent.hosts.ofRanks(share.members());
        algorithm = parent.algorithm;
        groups = parent.groups;
        closing = () -> {};
        sequence = OperationNumber.first(share.group());
    }

    @Override
    public int rank() {
        return roster.position();
    }

    @Override
    public int worldSize() {
        return roster.size();
    }

    @Override
    public boolean isOnOneMachine() {
        return hosts.hosts() == 1;
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        OperationNumber operation = next(Operation.ALLOCATE);
        if (bytes < 0) {
            throw new IllegalArgumentException("Cannot allocate memory: " + bytes + " bytes (expected >= 0)");
        }
        try (SharedAllocation allocation = new SharedAllocation(operation, roster, session.worldSize(), bytes)) {
            boolean linked = session.sharesMemory(roster);
            Optional<SharedRegion> shared = session.conclude(operation, () -> allocation.run(linked, this::vote));
            shared.ifPresent(session.regions()::add);
            return shared.map(SharedRegion::memory).orElseGet(() -> SharedAllocation.unshared(bytes));
        }
    }

    private List<byte[]> vote(byte[] own) {
        return exchange(next(Operation.ALLOCATE), 0, own, peer -> SharedAllocation.VOTE_BYTES);
    }

    @Override
    public PendingReduction startAllReduceSum(List<FloatBuffer> contributions, FloatBuffer result) {
        OperationNumber operation = next(Operation.ALL_REDUCE_SUM);
        int elements = result.remaining();
        SumArguments<FloatBuffer> arguments =
                SumArguments.of(floatSums, contributions, result, elements, "the result's");
        Reduction exchange = allReduce(operation, 0, floatSums, arguments);
        begin(operation, exchange);
        return new Pending(exchange, elements);
    }

    @Override
    public void allReduce(ReduceOperator operator, FloatBuffer values) {
        allReduce(floats.computeIfAbsent(operator, FloatNumbers::new), values);
    }

    @Override
    public void allReduce(ReduceOperator operator, DoubleBuffer values) {
        allReduce(doubles.computeIfAbsent(operator, DoubleNumbers::new), values);
    }

    @Override
    public void allReduce(ReduceOperator operator, LongBuffer values) {
        allReduce(longs.computeIfAbsent(operator, LongNumbers::new), values);
    }

    private <B extends Buffer> void allReduce(Numbers<B> numbers, B values) {
        OperationNumber operation = next(Operation.ALL_REDUCE);
        SumArguments<B> arguments =
                SumArguments.of(numbers, List.of(values), values, values.remaining(), "the result's");
        run(operation, allReduce(operation, numbers.label(), numbers, arguments));
        if (numbers.operator() == ReduceOperator.MEAN) {
            numbers.divide(arguments.result(), worldSize());
        }
    }

    private <B extends Buffer> Reduction allReduce(
            OperationNumber operation, int label, Numbers<B> numbers, SumArguments<B> arguments) {
        ExchangeSchedule schedule = schedule(arguments.result().limit(), numbers.bytes());
        if (isWorthReading(schedule) && numbers instanceof FloatNumbers sums) {
            Optional<SharedVector> shared = session.regions().find(arguments, sums.operator(), roster);
            if (shared.isPresent()) {
                return mapped(
                        MappedSumExchange.Plan.ofSum(operation, label, schedule.elements(), worldSize()), shared.get());
            }
        }
        return reduction(operation, schedule, label, numbers, arguments);
    }

    /** Reading where others' values lie takes a wait more than sending does, which smaller vectors don't make up for. */
    private boolean isWorthReading(ExchangeSchedule schedule) {
        return schedule.algorithm() == ReductionAlgorithm.DIRECT && isWorthReading(schedule.elements());
    }

    private boolean isWorthReading(int elements) {
        return (long) elements * Float.BYTES >= READING_FROM * options.smallVectorBytes();
    }

    private MappedSumExchange mapped(MappedSumExchange.Plan plan, SharedVector vector) {
        return new MappedSumExchange(plan, roster, floatSums, session.regions(), vector);
    }

    /** Where a vector that is read where it lies is; elsewhere it is sent. */
    private Optional<SharedVector> findShared(FloatBuffer vector) {
        return isWorthReading(vector.limit()) ? session.regions().find(vector, roster) : Optional.empty();
    }

    @Override
    public boolean readsInPlace(FloatBuffer vector) {
        return worldSize() > 1
                && vector.isDirect()
                && findShared(vector.slice()).isPresent();
    }

    /** Steps of a training sum vectors of the same length again and again. */
    private ExchangeSchedule schedule(int elements, int elementBytes) {
        ReductionAlgorithm resolved = algorithm.resolve(
                (long) elements * elementBytes, hosts, options.smallVectorBytes(), options.chunkBytes());
        if (lastSchedule == null || !lastSchedule.is(resolved, elements, elementBytes)) {
            lastSchedule = ExchangeSchedule.of(resolved, hosts, elements, elementBytes);
        }
        return lastSchedule;
    }

    private <B extends Buffer> ReduceExchange<B> reduction(
            OperationNumber operation,
            ExchangeSchedule schedule,
            int label,
            Numbers<B> numbers,
            SumArguments<B> arguments) {
        int chunkElements = Math.max(1, options.chunkBytes() / numbers.bytes());
        ReduceExchange.Plan plan = new ReduceExchange.Plan(operation, schedule, label, chunkElements);
        return new ReduceExchange<>(plan, roster, numbers, arguments);
    }

    @Override
    public void reduceScatter(List<FloatBuffer> contributions, Partition partition, FloatBuffer slice) {
        OperationNumber operation = next(Operation.REDUCE_SCATTER);
        check(operation, partition);
        if (slice.remaining() != partition.length(rank())) {
            throw new IllegalArgumentException("Cannot sum into result: its length differs from this rank's slice ("
                    + slice.remaining() + " elements, expected " + partition.length(rank()) + ")");
        }
        SumArguments<FloatBuffer> arguments =
                SumArguments.of(floatSums, contributions, slice, partition.elements(), "the partition's");
        Optional<SharedVector> shared = isWorthReading(partition.elements())
                ? session.regions().find(arguments, partition, roster)
                : Optional.empty();
        if (shared.isPresent()) {
            run(operation, mapped(MappedSumExchange.Plan.of(operation, Stages.FOLD, partition), shared.get()));
            return;
        }
        ExchangeSchedule schedule = ExchangeSchedule.scatter(partition, floatSums.bytes());
        ReduceExchange<FloatBuffer> exchange = reduction(operation, schedule, 0, floatSums, arguments);
        begin(operation, exchange);
        new Pending(exchange, partition.elements()).await();
    }

    @Override
    public void allGather(FloatBuffer whole, Partition partition) {
        OperationNumber operation = next(Operation.ALL_GATHER_SLICES);
        check(operation, partition);
        if (whole.remaining() != partition.elements()) {
            throw new IllegalArgumentException(
                    "Cannot gather slices: the vector's length differs from the partition's (" + whole.remaining()
                            + " elements, expected " + partition.elements() + ")");
        }
        checkWritable(operation, whole);
        FloatBuffer vector = whole.slice();
        Optional<SharedVector> shared = findShared(vector);
        run(
                operation,
                shared.isPresent()
                        ? mapped(MappedSumExchange.Plan.of(operation, Stages.COPY, partition), shared.get())
                        : new SlicesExchange<>(operation, roster, floatSums, partition, vector));
    }

    private void check(OperationNumber operation, Partition partition) {
        if (partition.parts() != worldSize()) {
            throw new IllegalArgumentException("Cannot start " + operation.title() + ": the partition has "
                    + partition.parts() + " slices (expected one for each rank, " + worldSize() + ")");
        }
    }

    private static void checkWritable(OperationNumber operation, Buffer buffer) {
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException("Cannot receive the values of " + operation.title()
                    + ": the buffer is read-only (expected a writable one)");
        }
    }

    @Override
    public List<byte[]> allGather(byte[] value) {
        OperationNumber operation = next(Operation.ALL_GATHER);
        checkSize(operation, value);
        return exchange(operation, 0, value, peer -> options.maxMessageBytes());
    }

    @Override
    public byte[] broadcast(byte[] value, int root) {
        OperationNumber operation = next(Operation.BROADCAST);
        checkRoot(root);
        byte[] sent = NOTHING;
        if (rank() == root) {
            checkSize(operation, value);
            sent = value;
        }
        return exchange(operation, root, sent, peer -> peer == root ? options.maxMessageBytes() : 0)
                .get(root);
    }

    @Override
    public void broadcast(ByteBuffer values, int root) {
        broadcast(new ByteElements(), values, values.slice(), root);
    }

    @Override
    public void broadcast(FloatBuffer values, int root) {
        broadcast(floatSums, values, values.slice(), root);
    }

    private <B extends Buffer> void broadcast(Elements<B> elements, B values, B view, int root) {
        OperationNumber operation = next(Operation.BROADCAST_IN_PLACE);
        checkRoot(root);
        if (rank() != root) {
            checkWritable(operation, values);
        }
        boolean straight = algorithm == ReductionAlgorithm.ONE_HOP
                || (long) view.limit() * elements.bytes() <= options.smallVectorBytes();
        run(operation, new BroadcastExchange<>(operation, roster, elements, view, root, straight));
    }

    private void checkRoot(int root) {
        if (root < 0 || root >= worldSize()) {
            throw new IllegalArgumentException(
                    "Cannot broadcast from rank " + root + ": no such rank (expected in [0, " + worldSize() + "))");
        }
    }

    @Override
    public void allToAll(List<ByteBuffer> outgoing, List<ByteBuffer> incoming) {
        OperationNumber operation = next(Operation.ALL_TO_ALL);
        if (outgoing.size() != worldSize() || incoming.size() != worldSize()) {
            throw new IllegalArgumentException("Cannot start " + operation.title() + ": " + outgoing.size()
                    + " buffers to send and " + incoming.size() + " to receive into (expected one for each rank, "
                    + worldSize() + ")");
        }
        incoming.forEach(buffer -> checkWritable(operation, buffer));
        List<ByteBuffer> sent = outgoing.stream().map(ByteBuffer::slice).toList();
        List<ByteBuffer> received = incoming.stream().map(ByteBuffer::slice).toList();
        run(operation, new AllToAllExchange(operation, roster, sent, received));
    }

    @Override
    public long allReduceMax(long value) {
        OperationNumber operation = next(Operation.ALL_REDUCE_MAX);
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
        long max = value;
        for (byte[] other : exchange(operation, 0, bytes, peer -> Long.BYTES)) {
            max = Math.max(max, ByteBuffer.wrap(other).getLong());
        }
        return max;
    }

    @Override
    public void barrier() {
        exchange(next(Operation.BARRIER), 0, NOTHING, peer -> 0);
    }

    @Override
    public Communicator split(int colour) {
        OperationNumber operation = next(Operation.SPLIT);
        session.checkSplits();
        byte[] own = groups.vote(colour);
        List<byte[]> votes = exchange(operation, 0, own, peer -> GroupNumbers.VOTE_BYTES);
        GroupNumbers.Share share = session.conclude(operation, () -> groups.decide(roster, votes));
        return new PeerCommunicator(this, share);
    }

    @Override
    public void close() {
        closed = true;
        closing.run();
    }

    private OperationNumber next(Operation operation) {
        OperationNumber number = new OperationNumber(operation, sequence);
        session.checkReady(number);
        if (closed) {
            throw session.closed(number);
        }
        return number;
    }

    private void checkSize(OperationNumber operation, byte[] value) {
        if (value.length > options.maxMessageBytes()) {
            throw new IllegalArgumentException("Cannot send the value of " + operation.title() + ": too large ("
                    + value.length + " bytes, expected <= maxMessageBytes, " + options.maxMessageBytes() + ")");
        }
    }

    private List<byte[]> exchange(OperationNumber operation, int root, byte[] value, IntUnaryOperator maxBytes) {
        Frame frame = operation.frame(value.length, root, 0);
        BytesExchange exchange = new BytesExchange(frame, value, rank(), worldSize(), maxBytes);
        run(operation, exchange);
        return exchange.values();
    }

    private void run(OperationNumber operation, Exchange exchange) {
        begin(operation, exchange);
        finish();
    }

    private void finish() {
        session.finish();
        sequence++;
    }

    @Override
    public long bytesSent() {
        return bytesSent;
    }

    private void begin(OperationNumber operation, Exchange exchange) {
        for (int peer = 0; peer < worldSize(); peer++) {
            if (peer != rank() && exchange.sendsTo(peer)) {
                bytesSent += exchange.valueBytes(peer);
            }
        }
        session.begin(operation, roster.isWorld() ? exchange : new RosterExchange(exchange, roster, operation));
    }

    private final class Pending implements PendingReduction {
        private final Reduction exchange;
        private final int elements;
        private boolean done;

        Pending(Reduction exchange, int elements) {
            this.exchange = exchange;
            this.elements = elements;
        }

        @Override
        public void poll() {
            if (!done) {
                session.poll();
            }
        }

        @Override
        public void await() {
            if (!done) {
                finish();
                done = true;
                if (exchange.totalContributions() == 0) {
                    throw SumArguments.nothingContributed(elements);
                }
            }
        }
    }
}
