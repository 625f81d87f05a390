package io.firesteel.engine.comm;

/** Which way a sum takes. All give the same bits; all ranks have to use the same. */
public enum ReductionAlgorithm {
    /** The one that suits the size and the hosts; the rule is that of {@link #resolve}. */
    AUTO(0),
    /** Everyone sends everyone all contributions, and folds them all: one message each, for small vectors. */
    ONE_HOP(1),
    /** Everyone sends each rank its slice of the contributions, and gets back its sum. */
    DIRECT(2),
    /**
     * As DIRECT inside each host; between hosts the running sum of each slice goes from host to host in rank order, and
     * the finished one back: a vector out of and into each host, however many ranks it has.
     */
    HOST_CHAIN(3);

    private final int code;

    ReductionAlgorithm(int code) {
        this.code = code;
    }

    /** What stands for it in a handshake. */
    int code() {
        return code;
    }

    /**
     * What AUTO stands for. With vectors of N bytes, w ranks, and r of them on each of h hosts:
     *
     * <ul>
     *   <li>one hop takes (w - 1) N bytes to each rank where two hops take 2 (w - 1) N / w: it is chosen where (w - 1) N is at
     *       most 4 times {@code smallBytes}, and N at most {@code smallBytes} unless there are only two ranks, which
     *       exchange as much in either way;
     *   <li>directly, a host's card sends 2 r N bytes, along the hosts 2 N, but 2 h chunks of r slices have to pass before
     *       the first sum is back: the chain is chosen where h and r are at least 2 and N at least 2 h {@code chunkBytes};
     *   <li>everything else goes directly.
     * </ul>
     *
     * An algorithm that was asked for is taken, apart from a chain of one host, which is DIRECT.
     *
     * @param bytes size of the vector
     * @param hosts where the ranks are
     * @param smallBytes {@link CommunicatorOptions#smallVectorBytes()}
     * @param chunkBytes {@link CommunicatorOptions#chunkBytes()}
     */
    public ReductionAlgorithm resolve(long bytes, HostLayout hosts, int smallBytes, int chunkBytes) {
        if (this == HOST_CHAIN && hosts.hosts() == 1) {
            return DIRECT;
        }
        if (this != AUTO) {
            return this;
        }
        boolean small = hosts.ranks() == 2 || bytes <= smallBytes;
        if (small && bytes * (hosts.ranks() - 1) <= 4L * smallBytes) {
            return ONE_HOP;
        }
        boolean severalOnEach = hosts.hosts() > 1 && hosts.smallestHost() > 1;
        return severalOnEach && bytes >= 2L * hosts.hosts() * chunkBytes ? HOST_CHAIN : DIRECT;
    }
}
