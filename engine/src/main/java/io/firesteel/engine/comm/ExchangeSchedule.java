package io.firesteel.engine.comm;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Who sends how many bytes to whom in a reduction: what the frames of the real one are made from, and what a simulation
 * needs to know of it. Ranks are those of the communicator. Immutable.
 */
public final class ExchangeSchedule {
    /** What a message carries; a rank goes through them in this order, overlapped chunk by chunk. */
    public enum Stage {
        /** A rank's contributions to the slice that the receiver sums. */
        CONTRIBUTIONS,
        /** The sum so far of a slice, for the next host. */
        RUNNING_SUMS,
        /** The finished sum of a slice, for the host before. */
        RETURNED_SUMS,
        /** The finished sum of a slice, for the other ranks of the host. */
        SUMS
    }

    private final ReductionAlgorithm algorithm;
    /** One host where hosts make no difference. */
    private final HostLayout hosts;
    /** What each rank of a host sums. */
    private final Partition slices;

    private final List<Stage> stages;
    private final boolean whole;
    private final boolean scatterOnly;
    private final int elementBytes;

    private ExchangeSchedule(
            ReductionAlgorithm algorithm, HostLayout hosts, Partition slices, boolean scatterOnly, int elementBytes) {
        this.algorithm = algorithm;
        this.hosts = hosts;
        this.slices = slices;
        this.stages = stages(algorithm, scatterOnly);
        this.whole = algorithm == ReductionAlgorithm.ONE_HOP;
        this.scatterOnly = scatterOnly;
        this.elementBytes = elementBytes;
    }

    /**
     * The schedule of an all-reduce.
     *
     * @param algorithm any but AUTO, which has to be {@linkplain ReductionAlgorithm#resolve resolved} first
     * @param hosts where the ranks are
     * @param elements length of the vector
     * @param elementBytes bytes of an element
     */
    public static ExchangeSchedule of(ReductionAlgorithm algorithm, HostLayout hosts, int elements, int elementBytes) {
        if (algorithm == ReductionAlgorithm.AUTO) {
            throw new IllegalArgumentException(
                    "Invalid algorithm of a schedule: AUTO (must be one that it stands for)");
        }
        HostLayout layout = algorithm == ReductionAlgorithm.HOST_CHAIN ? hosts : HostLayout.single(hosts.ranks());
        // Rank j of each host sums rail j; the smallest host decides how many there are.
        Partition slices = Partition.even(elements, layout.smallestHost());
        return new ExchangeSchedule(algorithm, layout, slices, false, elementBytes);
    }

    /** The schedule of a reduce-scatter to these slices, one for each rank. */
    static ExchangeSchedule scatter(Partition partition, int elementBytes) {
        return new ExchangeSchedule(
                ReductionAlgorithm.DIRECT, HostLayout.single(partition.parts()), partition, true, elementBytes);
    }

    public ReductionAlgorithm algorithm() {
        return algorithm;
    }

    /** Number of ranks. */
    public int worldSize() {
        return hosts.ranks();
    }

    /** Length of the vector. */
    public int elements() {
        return slices.elements();
    }

    /** The stages in which something is sent. */
    public List<Stage> stages() {
        return stages;
    }

    private static List<Stage> stages(ReductionAlgorithm algorithm, boolean scatterOnly) {
        return switch (algorithm) {
            case ONE_HOP -> List.of(Stage.CONTRIBUTIONS);
            case HOST_CHAIN -> List.of(Stage.values());
            default -> scatterOnly ? List.of(Stage.CONTRIBUTIONS) : List.of(Stage.CONTRIBUTIONS, Stage.SUMS);
        };
    }

    /**
     * Bytes that a rank sends to another in a stage, without headers.
     *
     * @param contributions vectors that the sender contributes
     */
    public long bytes(Stage stage, int contributions, int from, int to) {
        return switch (stage) {
            case CONTRIBUTIONS -> contributionBytes(contributions, from, to);
            case RUNNING_SUMS -> linkBytes(from, to);
            case RETURNED_SUMS -> linkBytes(to, from);
            case SUMS -> sumBytes(from, to);
        };
    }

    /** All bytes that a rank sends to another, without headers. */
    public long bytes(int contributions, int from, int to) {
        long bytes = 0;
        for (Stage stage : stages()) {
            bytes += bytes(stage, contributions, from, to);
        }
        return bytes;
    }

    /** The ranks to which a rank sends a message, and from which it gets one, ascending. */
    public int[] peers(int rank) {
        return IntStream.range(0, worldSize())
                .filter(peer -> areLinked(rank, peer))
                .toArray();
    }

    long contributionBytes(int count, int from, int to) {
        return areNeighbours(from, to) ? (long) count * length(to) * elementBytes : 0;
    }

    long sumBytes(int from, int to) {
        return !whole && !scatterOnly && areNeighbours(from, to) && sums(from) ? wholeSumBytes(from) : 0;
    }

    private long linkBytes(int from, int to) {
        return next(from) == to ? wholeSumBytes(from) : 0;
    }

    private long wholeSumBytes(int rank) {
        return (length(rank) + (isChain() ? 1L : 0L)) * elementBytes;
    }

    /** Whether this is what {@link #of} would make of these arguments on the same hosts. */
    boolean is(ReductionAlgorithm wanted, int elements, int bytes) {
        return algorithm == wanted && elements() == elements && elementBytes == bytes && !scatterOnly;
    }

    boolean isChain() {
        return algorithm == ReductionAlgorithm.HOST_CHAIN;
    }

    boolean isWhole() {
        return whole;
    }

    boolean isScatter() {
        return scatterOnly;
    }

    /** Whether two ranks send each other contributions. */
    boolean areNeighbours(int one, int other) {
        return one != other && hosts.hostOf(one) == hosts.hostOf(other);
    }

    /** Whether two ranks send each other anything. */
    boolean areLinked(int one, int other) {
        return areNeighbours(one, other) || next(one) == other || next(other) == one;
    }

    /** Whether a rank sums a slice. */
    boolean sums(int rank) {
        return whole || hosts.localRank(rank) < slices.parts();
    }

    /** The first element of what a rank sums. */
    int from(int rank) {
        return whole || !sums(rank) ? 0 : slices.from(hosts.localRank(rank));
    }

    /** Elements that a rank sums. */
    int length(int rank) {
        if (whole) {
            return slices.elements();
        }
        return sums(rank) ? slices.length(hosts.localRank(rank)) : 0;
    }

    /** The rank of the next host that gets a rank's running sum, or -1. */
    int next(int rank) {
        int host = hosts.hostOf(rank) + 1;
        return host < hosts.hosts() && sums(rank) ? hosts.firstRank(host) + hosts.localRank(rank) : -1;
    }

    /** The rank of the host before that a rank gets a running sum from, or -1. */
    int previous(int rank) {
        int host = hosts.hostOf(rank) - 1;
        return host >= 0 && sums(rank) ? hosts.firstRank(host) + hosts.localRank(rank) : -1;
    }

    HostLayout hosts() {
        return hosts;
    }
}
