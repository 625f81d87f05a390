package io.firesteel.engine.comm;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * The ranks that are to be connected, seen from one of them. Everything but {@code rank} and the waiting times is the
 * same on all ranks.
 *
 * @param runId which run; not blank
 * @param attempt which attempt of the run, &gt;= 0: ranks of different attempts refuse each other
 * @param rank this rank, in [0, number of members)
 * @param members where each rank listens, by rank; at least 1, no address twice
 * @param secret what the ranks prove to each other that they know
 * @param options how to wait and buffer
 */
public record Group(
        String runId, int attempt, int rank, List<Member> members, Secret secret, CommunicatorOptions options) {
    public Group {
        members = List.copyOf(members);
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(options, "options");
        if (runId.isBlank()) {
            throw new IllegalArgumentException("Invalid run id of a group: blank (must name the run)");
        }
        if (attempt < 0) {
            throw new IllegalArgumentException("Invalid attempt of a group: " + attempt + " (must be >= 0)");
        }
        if (rank < 0 || rank >= members.size()) {
            throw new IllegalArgumentException("Invalid rank of a group: " + rank + " (must be in [0, " + members.size()
                    + "), the number of members)");
        }
        HashSet<Object> addresses = new HashSet<>();
        for (Member member : members) {
            if (!addresses.add(member.address())) {
                throw new IllegalArgumentException(
                        "Invalid members of a group: " + member.endpoint() + " occurs twice (must differ by rank)");
            }
        }
    }

    /** Number of ranks. */
    public int worldSize() {
        return members.size();
    }
}
