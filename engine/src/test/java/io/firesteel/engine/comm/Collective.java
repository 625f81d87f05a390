package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * A collective operation, and one algorithm of it, as the tests of faults call it. A new operation, or a new way of an old
 * one, joins every such test by one line in {@link #all}.
 *
 * @param name how tests call it
 * @param call what a rank does in a round; the number of bytes it sends, at most some kilobytes, must not
 *     depend on the round
 * @param answer what every rank must get, computed without a communicator
 * @param algorithm which way sums take; along the hosts if it is HOST_CHAIN, for which the ranks pretend to be on two
 */
record Collective(String name, Call call, Answer answer, ReductionAlgorithm algorithm) {
    private static final int ONE_HOP = 96;
    /** Three chunks a slice even among four ranks, and slices of equal length for 2, 3 and 4. */
    private static final int DIRECT = 2400;

    private static final int SMALL = 40;

    private static final int LARGE = 3 << 20;

    private static final float[] SCALES = {1e-4f, 1e-3f, 1e-2f, 1e-1f, 1, 1e1f, 1e2f, 1e3f, 1e4f};

    private static final ThreadLocal<Allocated> ALLOCATED = new ThreadLocal<>();

    private static final Map<List<Integer>, float[]> FLOATS = new ConcurrentHashMap<>();

    Collective(String name, Call call, Answer answer) {
        this(name, call, answer, ReductionAlgorithm.AUTO);
    }

    /** One rank's call; the value compares by content. */
    interface Call {
        Object on(Communicator communicator, int round);
    }

    /** The right value. */
    interface Answer {
        Object of(int worldSize, int round);
    }

    static List<Collective> all() {
        return List.of(
                new Collective("barrier", Collective::barrier, (world, round) -> 0),
                new Collective("maximum", Collective::maximum, (world, round) -> 100L * round + world - 1),
                new Collective("gather", Collective::gather, Collective::gathered),
                new Collective("all to all", Collective::allToAll, Collective::gathered),
                broadcast("broadcast of the first rank", 0),
                broadcast("broadcast of the second rank", 1),
                sum("sum in one hop", ONE_HOP, 1),
                inTwoHalves(),
                sum("sum of several contributions and none", DIRECT, 2),
                new Collective("maximum of int64", Collective::largest, Collective::allLargest),
                new Collective("mean of float64", Collective::mean, Collective::serialMean),
                new Collective("sum in slices", Collective::inSlices, singleSums(DIRECT)),
                new Collective("broadcast along the ranks", Collective::broadcastInPlace, Collective::ofSecond),
                new Collective("sum in a group", Collective::inGroup, singleSums(DIRECT)),
                alongHosts(),
                new Collective("sum between other work", Collective::betweenWork, singleSums(DIRECT)),
                inAllocatedMemory(),
                new Collective("sum in slices of allocated memory", Collective::inSharedSlices, singleSums(DIRECT)));
    }

    /** With a barrier, for a fault on a link that such sums don't use would never be found. */
    private static Collective alongHosts() {
        Collective sum = sum("sum along the hosts", DIRECT, 1);
        return new Collective(
                sum.name,
                (communicator, round) -> {
                    Object value = sum.call.on(communicator, round);
                    communicator.barrier();
                    return value;
                },
                sum.answer,
                ReductionAlgorithm.HOST_CHAIN);
    }

    /** The rank's connections to the others, with what the collective needs. */
    Communicator connect(PeerListener listener, Group group) {
        List<Member> members = algorithm == ReductionAlgorithm.HOST_CHAIN ? onTwoHosts(group) : group.members();
        CommunicatorOptions options =
                group.options().toBuilder().optAlgorithm(algorithm).build();
        return listener.connect(
                new Group(group.runId(), group.attempt(), group.rank(), members, group.secret(), options));
    }

    private static List<Member> onTwoHosts(Group group) {
        List<Member> members = new ArrayList<>();
        for (int rank = 0; rank < group.worldSize(); rank++) {
            int host = 2 * rank / group.worldSize();
            members.add(new Member("host-" + host, group.members().get(rank).address()));
        }
        return members;
    }

    /** The halves send the same number of bytes. */
    static Collective inTwoHalves() {
        return sum("sum in two halves", DIRECT, 1);
    }

    /** From where the values lie, if the ranks share memory. */
    static Collective inAllocatedMemory() {
        return new Collective("sum in allocated memory", Collective::inAllocatedMemory, singleSums(DIRECT));
    }

    /** Longer than the system buffers for a connection, so that senders have to wait for receivers; all begin together. */
    static Collective large() {
        Collective sum = sum("large sum", LARGE, 1);
        return new Collective(
                sum.name,
                (communicator, round) -> {
                    communicator.barrier();
                    return sum.call.on(communicator, round);
                },
                sum.answer,
                sum.algorithm);
    }

    @Override
    public String toString() {
        return name;
    }

    private static Object barrier(Communicator communicator, int round) {
        communicator.barrier();
        return 0;
    }

    private static Object maximum(Communicator communicator, int round) {
        return communicator.allReduceMax(100L * round + communicator.rank());
    }

    private static Object gather(Communicator communicator, int round) {
        return communicator.allGather(bytes(communicator.rank(), round)).stream()
                .map(ByteBuffer::wrap)
                .toList();
    }

    /** Every peer gets the same, so that all ranks have one answer. */
    private static Object allToAll(Communicator communicator, int round) {
        ByteBuffer own = ByteBuffer.wrap(bytes(communicator.rank(), round));
        List<ByteBuffer> incoming = IntStream.range(0, communicator.worldSize())
                .mapToObj(rank -> rank == communicator.rank() ? own : ByteBuffer.wrap(bytes(rank, -1)))
                .toList();
        communicator.allToAll(Collections.nCopies(communicator.worldSize(), own), incoming);
        return incoming;
    }

    private static Object gathered(int worldSize, int round) {
        return IntStream.range(0, worldSize)
                .mapToObj(rank -> ByteBuffer.wrap(bytes(rank, round)))
                .toList();
    }

    private static byte[] bytes(int rank, int round) {
        byte[] bytes = new byte[301 * rank + 7];
        new Random(31L * round + rank).nextBytes(bytes);
        return bytes;
    }

    private static Collective broadcast(String name, int root) {
        return new Collective(
                name,
                (communicator, round) -> ByteBuffer.wrap(
                        communicator.broadcast(communicator.rank() == root ? bytes(5, round) : null, root)),
                (world, round) -> ByteBuffer.wrap(bytes(5, round)));
    }

    /** Odd ranks contribute as often as given, even ranks once, or not at all where the odd ones do more than once. */
    private static Collective sum(String name, int elements, int ofOddRanks) {
        return new Collective(
                name,
                (communicator, round) -> {
                    List<FloatBuffer> own = new ArrayList<>();
                    for (int i = 0; i < contributions(communicator.rank(), ofOddRanks); i++) {
                        own.add(Ranks.vector(floats(communicator.rank(), i, round, elements)));
                    }
                    FloatBuffer result = Ranks.vector(elements);
                    communicator.allReduceSum(own, result);
                    return IntBuffer.wrap(Ranks.bits(result));
                },
                (world, round) -> serialSum(world, round, elements, ofOddRanks));
    }

    private static Answer singleSums(int elements) {
        return (world, round) -> serialSum(world, round, elements, 1);
    }

    private static LongBuffer integers(int rank, int round) {
        LongBuffer values = ByteBuffer.allocateDirect(SMALL * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
        for (int i = 0; i < SMALL; i++) {
            values.put(i, new Random(1000L * round + 10L * rank + i).nextLong());
        }
        return values;
    }

    private static Object largest(Communicator communicator, int round) {
        LongBuffer values = integers(communicator.rank(), round);
        communicator.allReduce(ReduceOperator.MAX, values);
        return values;
    }

    private static Object allLargest(int worldSize, int round) {
        LongBuffer largest = integers(0, round);
        for (int rank = 1; rank < worldSize; rank++) {
            LongBuffer next = integers(rank, round);
            for (int i = 0; i < SMALL; i++) {
                largest.put(i, Math.max(largest.get(i), next.get(i)));
            }
        }
        return largest;
    }

    private static DoubleBuffer doubles(int rank, int round) {
        DoubleBuffer values = ByteBuffer.allocateDirect(DIRECT / 2 * Double.BYTES)
                .order(ByteOrder.nativeOrder())
                .asDoubleBuffer();
        float[] floats = floats(rank, 0, round, DIRECT);
        for (int i = 0; i < DIRECT / 2; i++) {
            values.put(i, floats[i]);
        }
        return values;
    }

    private static Object mean(Communicator communicator, int round) {
        DoubleBuffer values = doubles(communicator.rank(), round);
        communicator.allReduce(ReduceOperator.MEAN, values);
        return values;
    }

    private static Object serialMean(int worldSize, int round) {
        DoubleBuffer mean = doubles(0, round);
        for (int rank = 1; rank < worldSize; rank++) {
            DoubleBuffer next = doubles(rank, round);
            for (int i = 0; i < DIRECT / 2; i++) {
                mean.put(i, mean.get(i) + next.get(i));
            }
        }
        for (int i = 0; i < DIRECT / 2; i++) {
            mean.put(i, mean.get(i) / worldSize);
        }
        return mean;
    }

    private static FloatBuffer vector(int rank, int round) {
        return Ranks.vector(floats(rank, 0, round, DIRECT));
    }

    /** The two halves of a sum, each an operation of its own, in place. */
    private static Object inSlices(Communicator communicator, int round) {
        return inSlices(communicator, vector(communicator.rank(), round));
    }

    private static Object inSlices(Communicator communicator, FloatBuffer values) {
        int rank = communicator.rank();
        Partition partition = Partition.aligned(DIRECT, communicator.worldSize(), 64);
        FloatBuffer slice = values.slice(partition.from(rank), partition.length(rank));
        communicator.reduceScatter(List.of(values), partition, slice);
        communicator.allGather(values, partition);
        return IntBuffer.wrap(Ranks.bits(values));
    }

    private static Object broadcastInPlace(Communicator communicator, int round) {
        FloatBuffer values = communicator.rank() == 1 ? vector(1, round) : Ranks.vector(DIRECT);
        communicator.broadcast(values, 1);
        return IntBuffer.wrap(Ranks.bits(values));
    }

    private static Object ofSecond(int worldSize, int round) {
        return IntBuffer.wrap(Ranks.bits(vector(1, round)));
    }

    /** All ranks are in the group, which counts its operations by itself. */
    private static Object inGroup(Communicator communicator, int round) {
        try (Communicator group = communicator.split(round)) {
            FloatBuffer values = vector(group.rank(), round);
            group.allReduceSum(List.of(values), values);
            return IntBuffer.wrap(Ranks.bits(values));
        }
    }

    private static Object betweenWork(Communicator communicator, int round) {
        FloatBuffer values = vector(communicator.rank(), round);
        PendingReduction sum = communicator.startAllReduceSum(List.of(values), values);
        bytes(10, round);
        sum.poll();
        bytes(11, round);
        sum.await();
        return IntBuffer.wrap(Ranks.bits(values));
    }

    /** All rounds of a communicator, which are on one thread, have the same memory. */
    private static Object inAllocatedMemory(Communicator communicator, int round) {
        FloatBuffer values = allocated(communicator, round);
        communicator.allReduceSum(List.of(values), values);
        return IntBuffer.wrap(Ranks.bits(values));
    }

    private static Object inSharedSlices(Communicator communicator, int round) {
        return inSlices(communicator, allocated(communicator, round));
    }

    private static FloatBuffer allocated(Communicator communicator, int round) {
        Allocated allocated = ALLOCATED.get();
        if (allocated == null || !allocated.communicator.equals(communicator)) {
            ByteBuffer memory = communicator.allocate(DIRECT * Float.BYTES);
            allocated = new Allocated(communicator, memory.asFloatBuffer());
            ALLOCATED.set(allocated);
        }
        return allocated.values.put(0, floats(communicator.rank(), 0, round, DIRECT));
    }

    private record Allocated(Communicator communicator, FloatBuffer values) {}

    private static int contributions(int rank, int ofOddRanks) {
        return rank % 2 == 1 ? ofOddRanks : 2 - ofOddRanks;
    }

    /** Magnitudes so different that another order of additions gives other bits. */
    private static float[] floats(int rank, int index, int round, int elements) {
        List<Integer> key = List.of(rank, index, round, elements);
        if (elements > DIRECT) {
            return random(rank, index, round, elements);
        }
        return FLOATS.computeIfAbsent(key, any -> random(rank, index, round, elements))
                .clone();
    }

    private static float[] random(int rank, int index, int round, int elements) {
        Random random = new Random(1000L * round + 10L * rank + index);
        float[] values = new float[elements];
        for (int i = 0; i < elements; i++) {
            values[i] = (random.nextFloat() - 0.5f) * SCALES[random.nextInt(SCALES.length)];
        }
        return values;
    }

    private static Object serialSum(int worldSize, int round, int elements, int ofOddRanks) {
        float[] sum = null;
        for (int rank = 0; rank < worldSize; rank++) {
            for (int index = 0; index < contributions(rank, ofOddRanks); index++) {
                float[] next = floats(rank, index, round, elements);
                for (int i = 0; sum != null && i < elements; i++) {
                    next[i] = sum[i] + next[i];
                }
                sum = next;
            }
        }
        return IntBuffer.wrap(Ranks.bits(Ranks.vector(sum)));
    }
}
