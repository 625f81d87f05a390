package io.firesteel.engine.comm.simulate;

import io.firesteel.engine.comm.ExchangeSchedule;
import io.firesteel.engine.comm.ExchangeSchedule.Stage;
import io.firesteel.engine.comm.HostLayout;
import io.firesteel.engine.comm.ReductionAlgorithm;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays one all-reduce on a {@link NetworkModel}: every rank begins at time 0 with one vector, what it sends first goes out
 * after the work for all messages that it sends, and it ends after its last byte and the work for all that it has received.
 * Between two ranks everything goes in order. Along hosts, chunks of a slice move one behind the other. Additions take no
 * time. Deterministic; needs time and memory in proportion to messages times chunks, a million for 1024 ranks.
 *
 * @param seconds until the last rank has the sum
 * @param busiestHostBytes the most that a host sends to others
 * @param messages sent in all
 */
public record ExchangeSimulation(double seconds, long busiestHostBytes, long messages) {

    /**
     * Simulates an all-reduce.
     *
     * @param schedule who sends what to whom
     * @param hosts where the ranks are
     * @param network the network between them
     * @param chunkBytes how finely a slice moves along the hosts; &gt;= 1
     * @throws IllegalArgumentException if the schedule is for another number of ranks
     */
    public static ExchangeSimulation of(
            ExchangeSchedule schedule, HostLayout hosts, NetworkModel network, int chunkBytes) {
        if (schedule.worldSize() != hosts.ranks()) {
            throw new IllegalArgumentException("Cannot simulate a schedule of " + schedule.worldSize()
                    + " ranks: the hosts have " + hosts.ranks() + " (expected as many)");
        }
        if (chunkBytes < 1) {
            throw new IllegalArgumentException("Invalid chunkBytes: " + chunkBytes + " (must be >= 1)");
        }
        return new ExchangePlay(schedule, hosts, network, chunks(schedule, chunkBytes)).run();
    }

    /** As many as a slice has where it moves along hosts; elsewhere chunks change nothing but the work. */
    private static int chunks(ExchangeSchedule schedule, int chunkBytes) {
        if (schedule.algorithm() != ReductionAlgorithm.HOST_CHAIN) {
            return 1;
        }
        long largest = 1;
        for (int rank = 0; rank < schedule.worldSize(); rank++) {
            for (int peer : schedule.peers(rank)) {
                largest = Math.max(largest, schedule.bytes(Stage.RUNNING_SUMS, 1, rank, peer));
            }
        }
        return Math.toIntExact((largest - 1) / chunkBytes + 1);
    }

    /** Ranks as powers of two up to a number, which is the last: 2, 4, 8, … */
    public static List<Integer> worlds(int ranks) {
        List<Integer> worlds = new ArrayList<>();
        for (int world = 2; world < ranks; world *= 2) {
            worlds.add(world);
        }
        worlds.add(ranks);
        return worlds;
    }
}
