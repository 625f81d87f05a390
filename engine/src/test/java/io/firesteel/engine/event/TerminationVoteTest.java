package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TerminationVoteTest {
    /** The or of two replicas' wishes. Both must vote equally often, or the deadline passes. */
    private static final class TwoReplicas {
        private final boolean[] wishes = new boolean[2];
        private final CyclicBarrier barrier = new CyclicBarrier(2);

        TerminationVote vote(int replica) {
            return wish -> {
                wishes[replica] = wish;
                meet();
                boolean agreed = wishes[0] || wishes[1];
                meet();
                return agreed;
            };
        }

        private void meet() {
            try {
                barrier.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("The other replica did not vote", e);
            }
        }
    }

    private static Engine<Long, Long> engine() {
        return new Engine<>("train", (engine, batch) -> batch);
    }

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of(Events.STARTED, "IC(1,1)"),
                Arguments.of(Events.EPOCH_STARTED.once(2), "IC(2,4)"),
                Arguments.of(Events.GET_BATCH_STARTED.once(4), "IC(2,5)"),
                Arguments.of(Events.DATALOADER_STOP_ITERATION, "IC(2,4)"),
                Arguments.of(Events.GET_BATCH_COMPLETED.once(4), "IC(2,5)"),
                Arguments.of(Events.ITERATION_STARTED.once(5), "IC(2,5)"),
                Arguments.of(Events.ITERATION_COMPLETED.once(5), "IC(2,5)"),
                Arguments.of(Events.ITERATION_COMPLETED.once(6), "IC(2,6)"),
                Arguments.of(Events.EPOCH_COMPLETED.once(2), "EC(2,6)"),
                Arguments.of(Events.EPOCH_COMPLETED.once(4), "EC(4,12)"));
    }

    @ParameterizedTest
    @MethodSource("places")
    void oneReplicasWishStopsBothAtTheSameEvent(EventSelector when, String last) {
        Engine<Long, Long> asking = engine();
        Engine<Long, Long> other = engine();
        asking.on(when, e -> e.terminate("patience is used up"));

        List<Trace> traces = runBoth(asking, other, RunLimit.epochs(4));

        String position = last.substring(last.indexOf('('));
        assertThat(traces.get(0).text()).endsWith(last + " TE" + position + " CO" + position);
        assertThat(traces.get(1).text()).isEqualTo(traces.get(0).text());
        assertThat(asking.terminationReason()).contains("patience is used up");
        assertThat(other.terminationReason()).contains("another replica asked for it");
    }

    @Test
    void replicasWithoutWishRunToTheirLimit() {
        Engine<Long, Long> one = engine();
        Engine<Long, Long> two = engine();

        List<Trace> traces = runBoth(one, two, RunLimit.iterations(7));

        assertThat(traces.get(0).text()).endsWith("IC(3,7) TE(3,7) CO(3,7)");
        assertThat(traces.get(1).text()).isEqualTo(traces.get(0).text());
        assertThat(one.terminationReason()).isEmpty();
    }

    private static List<Trace> runBoth(Engine<Long, Long> one, Engine<Long, Long> two, RunLimit limit) {
        TwoReplicas replicas = new TwoReplicas();
        one.terminationVote(replicas.vote(0));
        two.terminationVote(replicas.vote(1));
        List<Trace> traces = List.of(Trace.of(one), Trace.of(two));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                Future<?> first = threads.submit(() -> one.run(TestSource.sized(3), limit));
                Future<?> second = threads.submit(() -> two.run(TestSource.sized(3), limit));
                first.get();
                second.get();
            });
        } finally {
            threads.shutdownNow();
        }
        return traces;
    }

    @Test
    void everyIterationAndEveryEpochIsVotedOnOnce() {
        Engine<Long, Long> engine = engine();
        List<String> votes = new ArrayList<>();
        engine.terminationVote(wish -> {
            votes.add(engine.lastEvent().orElseThrow() + " " + wish);
            return false;
        });

        engine.run(TestSource.sized(2), RunLimit.epochs(2));

        assertThat(votes)
                .containsExactly(
                        "ITERATION_COMPLETED false",
                        "ITERATION_COMPLETED false",
                        "EPOCH_COMPLETED false",
                        "ITERATION_COMPLETED false",
                        "ITERATION_COMPLETED false",
                        "EPOCH_COMPLETED false");
    }

    @Test
    void aRequestThatIsOutvotedIsVotedOnAgain() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        int[] yes = {0};
        engine.on(Events.ITERATION_COMPLETED.once(1), e -> e.terminate());
        engine.terminationVote(wish -> wish && ++yes[0] == 3);

        engine.run(TestSource.sized(2), RunLimit.epochs(2));

        assertThat(trace.text()).endsWith("EC(1,2) TE(1,2) CO(1,2)");
        assertThat(yes[0]).isEqualTo(3);
    }

    @Test
    void aVoteThatFailsEndsTheRun() {
        Engine<Long, Long> engine = engine();
        engine.terminationVote(wish -> {
            throw new IllegalStateException("rank 1 is gone");
        });

        assertThatThrownBy(() -> engine.run(TestSource.sized(2), RunLimit.epochs(2)))
                .hasMessage("rank 1 is gone")
                .satisfies(failure -> assertThat(failure.getSuppressed()[0])
                        .hasMessage("In the termination vote of engine train (epoch 1, iteration 1)"));
    }
}
