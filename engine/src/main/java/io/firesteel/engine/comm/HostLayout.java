package io.firesteel.engine.comm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Which ranks run on one machine. A host here is a run of consecutive ranks with the same host name: a machine whose ranks
 * don't follow each other counts as several. Immutable.
 */
public final class HostLayout {
    /** Host h has the ranks [bounds[h], bounds[h + 1]). */
    private final int[] bounds;

    private final int[] hostOf;

    private HostLayout(int[] bounds) {
        this.bounds = bounds;
        hostOf = new int[bounds[bounds.length - 1]];
        for (int host = 0; host < hosts(); host++) {
            Arrays.fill(hostOf, bounds[host], bounds[host + 1], host);
        }
    }

    /**
     * The layout of ranks on named machines.
     *
     * @param names of each rank's machine, by rank; at least one
     */
    public static HostLayout of(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("Invalid hosts of a layout: none (must be one for each rank, >= 1)");
        }
        List<Integer> bounds = new ArrayList<>(List.of(0));
        for (int rank = 1; rank < names.size(); rank++) {
            if (!names.get(rank).equals(names.get(rank - 1))) {
                bounds.add(rank);
            }
        }
        bounds.add(names.size());
        return new HostLayout(bounds.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Ranks dealt out to hosts of a size, the last of which may be smaller. */
    public static HostLayout even(int ranks, int ranksPerHost) {
        if (ranks < 1 || ranksPerHost < 1) {
            throw new IllegalArgumentException(
                    "Invalid layout: " + ranks + " ranks, " + ranksPerHost + " on each host (must be >= 1)");
        }
        int hosts = (ranks - 1) / ranksPerHost + 1;
        int[] bounds = new int[hosts + 1];
        for (int host = 1; host <= hosts; host++) {
            bounds[host] = (int) Math.min(ranks, (long) host * ranksPerHost);
        }
        return new HostLayout(bounds);
    }

    /** All ranks on one host. */
    public static HostLayout single(int ranks) {
        return even(ranks, ranks);
    }

    /** The layout of some of these ranks, in the order given. */
    HostLayout ofRanks(Collection<Integer> some) {
        return of(some.stream().map(rank -> String.valueOf(hostOf(rank))).toList());
    }

    /** Number of ranks. */
    public int ranks() {
        return hostOf.length;
    }

    /** Number of hosts. */
    public int hosts() {
        return bounds.length - 1;
    }

    /** The host of a rank. */
    public int hostOf(int rank) {
        return hostOf[rank];
    }

    /** The lowest rank of a host. */
    public int firstRank(int host) {
        return bounds[host];
    }

    /** Ranks of a host. */
    public int size(int host) {
        return bounds[host + 1] - bounds[host];
    }

    /** Where a rank stands among those of its host. */
    public int localRank(int rank) {
        return rank - bounds[hostOf[rank]];
    }

    /** Ranks of the smallest host. */
    public int smallestHost() {
        int smallest = ranks();
        for (int host = 0; host < hosts(); host++) {
            smallest = Math.min(smallest, size(host));
        }
        return smallest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostLayout layout && Arrays.equals(bounds, layout.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return "HostLayout" + Arrays.toString(bounds);
    }
}
