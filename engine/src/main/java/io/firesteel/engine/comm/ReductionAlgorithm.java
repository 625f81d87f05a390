package io.firesteel.engine.comm;

/** Which way a sum takes. All give the same bits; all ranks have to use the same. */
public enum ReductionAlgorithm {
    /** The one that suits the size and the hosts; the rule is that of {@link #resolve}. */
    AUTO,
    /** Everyone sends everyone all contributions, and folds them all: one message each, for small vectors. */
    ONE_HOP,
    /** Everyone sends each rank its slice of the contributions, and gets back its sum. */
    DIRECT,
    /**
     * As DIRECT inside each host; between hosts the running sum of each slice goes from host to host in rank order, and
     * the finished one back: a vector out of and into each host, however many ranks it has.
     */
    HOST_CHAIN;

    /**
     * What AUTO stands for. Vectors of at most {@code smallBytes} take one hop. Larger ones go along the hosts where each
     * of several hosts has several ranks, so that this saves bytes, and there is a chunk for every host, so that all of
     * them are busy most of the time; and directly elsewhere. The chain isn't for a single host, where it is DIRECT.
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
        if (bytes <= smallBytes) {
            return ONE_HOP;
        }
        boolean chain = hosts.hosts() > 1 && hosts.smallestHost() > 1 && bytes >= (long) hosts.hosts() * chunkBytes;
        return chain ? HOST_CHAIN : DIRECT;
    }
}
