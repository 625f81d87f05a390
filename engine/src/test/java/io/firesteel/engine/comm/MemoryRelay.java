package io.firesteel.engine.comm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A relay between threads; keeps the values of rounds in which somebody is missing. */
final class MemoryRelay {
    private final int worldSize;
    private final Map<Long, Round> rounds = new ConcurrentHashMap<>();

    private static final class Round {
        final byte[][] values;
        final CountDownLatch missing;

        Round(int worldSize) {
            values = new byte[worldSize][];
            missing = new CountDownLatch(worldSize);
        }
    }

    MemoryRelay(int worldSize) {
        this.worldSize = worldSize;
    }

    Relay of(int rank) {
        return (sequence, value) -> {
            Round round = rounds.computeIfAbsent(sequence, number -> new Round(worldSize));
            round.values[rank] = value;
            round.missing.countDown();
            try {
                if (!round.missing.await(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("Round " + sequence + " is incomplete");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            rounds.remove(sequence - 1);
            return Arrays.asList(round.values);
        };
    }

    /** Runs the body on every rank. */
    static <T> List<Ranks.Outcome<T>> run(int worldSize, Ranks.Body<T> body) throws Exception {
        MemoryRelay relay = new MemoryRelay(worldSize);
        List<FutureTask<T>> tasks = new ArrayList<>();
        for (int rank = 0; rank < worldSize; rank++) {
            int own = rank;
            tasks.add(Ranks.start("rank " + rank, () -> {
                try (Communicator communicator =
                        Communicator.relayed(own, worldSize, relay.of(own), CommunicatorOptions.defaults())) {
                    return body.run(communicator);
                }
            }));
        }
        List<Ranks.Outcome<T>> outcomes = new ArrayList<>();
        for (FutureTask<T> task : tasks) {
            outcomes.add(Ranks.outcome(task));
        }
        return outcomes;
    }

    /** As {@link #run}, where no rank may fail. */
    static void check(int worldSize, Ranks.Body<Object> body) throws Exception {
        for (Ranks.Outcome<Object> outcome : run(worldSize, body)) {
            if (outcome.failure() != null) {
                throw new AssertionError("A rank failed", outcome.failure());
            }
        }
    }
}
