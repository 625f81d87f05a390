package io.firesteel.engine.comm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The ranks of the world that a communicator connects, in its order. A communicator's own ranks are positions in this
 * list; frames travel, and messages name, the ranks of the world.
 */
final class Roster {
    private final int[] ranks;
    private final int[] positions;
    private final int position;

    private Roster(int[] ranks, int[] positions, int position) {
        this.ranks = ranks;
        this.positions = positions;
        this.position = position;
    }

    /** All ranks of the world. */
    static Roster world(int rank, int worldSize) {
        int[] all = IntStream.range(0, worldSize).toArray();
        return new Roster(all, all, rank);
    }

    /** Some positions of this roster, this rank's own among them, in the order given. */
    Roster of(List<Integer> members) {
        int[] some = members.stream().mapToInt(member -> ranks[member]).toArray();
        int[] inverse = new int[positions.length];
        Arrays.fill(inverse, -1);
        for (int i = 0; i < some.length; i++) {
            inverse[some[i]] = i;
        }
        return new Roster(some, inverse, members.indexOf(position));
    }

    int size() {
        return ranks.length;
    }

    /** Where this rank stands. */
    int position() {
        return position;
    }

    /** This rank in the world. */
    int rank() {
        return ranks[position];
    }

    /** The rank in the world of a position. */
    int rank(int at) {
        return ranks[at];
    }

    /** Where a rank of the world stands, or -1. */
    int positionOf(int rank) {
        return positions[rank];
    }

    boolean isWorld() {
        return ranks.length == positions.length;
    }
}
