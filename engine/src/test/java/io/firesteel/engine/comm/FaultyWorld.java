package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.CommunicationException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * How the ranks of a world fared which ran rounds of one collective over a {@link FaultyNetwork}, and what must be true
 * of that.
 */
final class FaultyWorld {
    /** Beyond a deadline, for a machine that is busy with other tests. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    /**
     * How one rank ended.
     *
     * @param values of the rounds that it completed
     * @param failure what ended it; null if nothing did
     * @param endedAt by System.nanoTime
     */
    record Fate(int rank, List<Object> values, Throwable failure, long endedAt) {
        CommunicationException failed() {
            if (failure instanceof CommunicationException expected) {
                return expected;
            }
            throw new AssertionError(
                    "Rank " + rank + " ended after " + values.size() + " rounds without a" + " CommunicationException",
                    failure);
        }
    }

    /** What goes wrong. */
    interface Faults {
        void plan(FaultyNetwork network);
    }

    private final int size;
    private final Collective collective;
    private final CommunicatorOptions options;
    private final List<Fate> fates = new ArrayList<>();

    private FaultyWorld(int size, Collective collective, CommunicatorOptions options) {
        this.size = size;
        this.collective = collective;
        this.options = options;
    }

    /** Runs the rounds on all ranks until each has ended, one way or the other. */
    static FaultyWorld run(int size, Collective collective, CommunicatorOptions options, int rounds, Faults faults)
            throws Exception {
        List<PeerListener> listeners = Ranks.listeners(size);
        try (FaultyNetwork network = FaultyNetwork.around(listeners, size)) {
            faults.plan(network);
            return run(listeners, network, collective, options, rounds);
        } finally {
            listeners.forEach(PeerListener::close);
        }
    }

    /** As {@link #run(int, Collective, CommunicatorOptions, int, Faults)}, over a network that stays the caller's. */
    static FaultyWorld run(
            List<PeerListener> listeners,
            FaultyNetwork network,
            Collective collective,
            CommunicatorOptions options,
            int rounds)
            throws Exception {
        FaultyWorld world = new FaultyWorld(listeners.size(), collective, options);
        List<FutureTask<Fate>> tasks = new ArrayList<>();
        for (int rank = 0; rank < listeners.size(); rank++) {
            PeerListener listener = listeners.get(rank);
            Group group = network.group(rank, options);
            tasks.add(Ranks.start("rank " + rank, () -> fate(listener, group, collective, rounds)));
        }
        for (FutureTask<Fate> task : tasks) {
            world.fates.add(task.get());
        }
        return world;
    }

    private static Fate fate(PeerListener listener, Group group, Collective collective, int rounds) {
        List<Object> values = new ArrayList<>();
        try (Communicator communicator = collective.connect(listener, group)) {
            for (int round = 0; round < rounds; round++) {
                values.add(collective.call().on(communicator, round));
            }
            return new Fate(group.rank(), values, null, System.nanoTime());
        } catch (RuntimeException e) {
            return new Fate(group.rank(), values, e, System.nanoTime());
        }
    }

    Fate fate(int rank) {
        return fates.get(rank);
    }

    /** No rank failed, and all values are right. */
    void assertUnharmed(int rounds) {
        for (Fate fate : fates) {
            if (fate.failure != null) {
                throw new AssertionError("Rank " + fate.rank + " failed in round " + fate.values.size(), fate.failure);
            }
            assertThat(fate.values).hasSize(rounds);
        }
        assertCompletedRoundsRight();
    }

    /** What a rank was told stays true, whatever went wrong later. */
    void assertCompletedRoundsRight() {
        assertRoundsRight(Integer.MAX_VALUE);
    }

    /** As {@link #assertCompletedRoundsRight}, of the rounds before the given one. */
    void assertRoundsRight(int end) {
        int longest = fates.stream().mapToInt(fate -> fate.values.size()).max().orElseThrow();
        for (int round = 0; round < Math.min(longest, end); round++) {
            Object right = collective.answer().of(size, round);
            for (Fate fate : fates) {
                if (round < fate.values.size()) {
                    assertThat(fate.values.get(round))
                            .as("rank %d, round %d", fate.rank, round)
                            .isEqualTo(right);
                }
            }
        }
    }

    /** Every rank failed with an error that says who, where, in what, how far and for how long at most. */
    void assertAllFailedInAnOperation() {
        for (Fate fate : fates) {
            CommunicationException failure = fate.failed();
            assertNames(
                    failure, "operation deadline " + options.operationDeadline().toMillis() + " ms");
            assertThat(failure).hasMessageMatching("(?s).*sent \\d+ of \\d+ bytes.*");
            String number = failure.operation().replaceFirst(".* ", "");
            assertThat(Long.parseLong(number)).isGreaterThanOrEqualTo(fate.values.size());
        }
    }

    /** As {@link #assertAllFailedInAnOperation}, where ranks may have failed while connecting too. */
    void assertAllFailed() {
        for (Fate fate : fates) {
            boolean connecting = fate.failed().operation().equals("connect");
            Duration deadline = connecting ? options.connectDeadline() : options.operationDeadline();
            assertNames(
                    fate.failed(), (connecting ? "connect" : "operation") + " deadline " + deadline.toMillis() + " ms");
        }
    }

    private void assertNames(CommunicationException failure, String deadline) {
        int peer = failure.peer().orElseThrow(() -> new AssertionError("Nobody is blamed", failure));
        String endpoint = failure.peerEndpoint().orElseThrow();
        assertThat(failure)
                .hasMessageStartingWith("Cannot complete " + failure.operation() + " on rank " + failure.rank()
                        + ": rank " + peer + " at " + endpoint + " ")
                .hasMessageContaining(deadline);
        assertThat(endpoint).matches("127\\.0\\.0\\.1:\\d+|host-\\d:\\d+ \\[127\\.0\\.0\\.1]");
        assertThat(failure.kind()).isNotEqualTo(Kind.CANCELLED);
    }

    void assertKinds(Kind... expected) {
        for (Fate fate : fates) {
            assertThat(fate.failed().kind()).as(fate.failed().getMessage()).isIn((Object[]) expected);
        }
    }

    /** A rank blames the broken link, or one that had ended because of it. */
    void assertBlameLeadsToLink(int one, int other) {
        for (int rank = 0; rank < size; rank++) {
            int at = rank;
            int blamed = blamedBy(at);
            for (int i = 0; i < size && !joins(one, other, at, blamed); i++) {
                at = blamed;
                blamed = blamedBy(at);
            }
            assertThat(joins(one, other, at, blamed))
                    .as("blame of rank %d leads to link %d-%d: %s", rank, one, other, messages())
                    .isTrue();
        }
    }

    /** Every other rank blames the broken one, or one that had ended because of it. */
    void assertBlameLeadsTo(int broken) {
        for (int rank = 0; rank < size; rank++) {
            int at = rank;
            for (int i = 0; i < size && at != broken; i++) {
                at = blamedBy(at);
            }
            assertThat(at)
                    .as("blame of rank %d leads to %d: %s", rank, broken, messages())
                    .isEqualTo(broken);
        }
    }

    private static boolean joins(int one, int other, int rank, int blamed) {
        return rank == one ? blamed == other : rank == other && blamed == one;
    }

    private int blamedBy(int rank) {
        return fates.get(rank).failed().peer().orElseThrow();
    }

    private List<String> messages() {
        return fates.stream().map(fate -> fate.failed().getMessage()).toList();
    }

    /** Nobody waited longer than a wait may last. */
    void assertEndedWithin(Duration deadline, long since) {
        for (Fate fate : fates) {
            assertThat(Duration.ofNanos(fate.endedAt - since))
                    .as("rank %d: %s", fate.rank, fate.failure)
                    .isLessThan(deadline.plus(MARGIN));
        }
    }

    /** Runs the cases side by side, since most of them wait for most of the time, and names those that fail. */
    static void sideBySide(int atOnce, List<Case> cases) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        List<AssertionError> failures = new ArrayList<>();
        try {
            List<Callable<Void>> calls = new ArrayList<>(cases);
            List<Future<Void>> results = threads.invokeAll(calls);
            for (int i = 0; i < results.size(); i++) {
                try {
                    results.get(i).get();
                } catch (ExecutionException e) {
                    failures.add(new AssertionError(cases.get(i).name() + ": " + e.getCause(), e.getCause()));
                }
            }
        } finally {
            threads.shutdownNow();
        }
        if (!failures.isEmpty()) {
            AssertionError failed = new AssertionError(failures.size() + " of " + cases.size() + " cases failed");
            failures.forEach(failed::addSuppressed);
            throw failed;
        }
    }

    /** One of many worlds with a fault. */
    record Case(String name, Body body) implements Callable<Void> {
        @Override
        public Void call() throws Exception {
            body.run();
            return null;
        }

        /** What is done and asserted. */
        interface Body {
            void run() throws Exception;
        }
    }
}
