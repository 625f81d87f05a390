package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Numbers the groups that are split off a communicator, so that no two groups which have two ranks in common have the
 * same number: the ranks of a split take the next number after the highest that any of them knows.
 */
final class GroupNumbers {
    static final int VOTE_BYTES = Integer.BYTES + Long.BYTES;

    /** Operations of higher ones couldn't be numbered, should all ranks have a colour of their own. */
    private static final long MOST = 9_000_000;

    private long highest;

    /**
     * What a split gives a rank.
     *
     * @param group the number of its group
     * @param members the positions in the communicator that was split, ascending
     */
    record Share(long group, List<Integer> members) {}

    /** What a rank tells the others of a split. */
    byte[] vote(int colour) {
        return ByteBuffer.allocate(VOTE_BYTES).putInt(colour).putLong(highest).array();
    }

    /**
     * What the votes of all ranks, in order, come to for this one.
     *
     * @throws Fault if a vote is none that a rank has, which a wire without checks may make of it
     */
    Share decide(Roster roster, List<byte[]> votes) throws Fault {
        TreeMap<Integer, List<Integer>> byColour = new TreeMap<>();
        for (int at = 0; at < votes.size(); at++) {
            ByteBuffer vote = ByteBuffer.wrap(votes.get(at));
            byColour.computeIfAbsent(vote.getInt(), colour -> new ArrayList<>()).add(at);
            highest = Math.max(highest, checked(roster.rank(at), vote.getLong()));
        }
        int colour = ByteBuffer.wrap(votes.get(roster.position())).getInt();
        long group = highest + 1 + byColour.headMap(colour).size();
        highest += byColour.size();
        return new Share(group, List.copyOf(byColour.get(colour)));
    }

    private static long checked(int rank, long number) throws Fault {
        if (number < 0 || number > MOST) {
            throw Fault.protocol(rank, "voted for group number " + number + ", expected in [0, " + MOST + "]");
        }
        return number;
    }
}
