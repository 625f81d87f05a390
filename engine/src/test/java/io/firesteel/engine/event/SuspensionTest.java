package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that are interrupted: where, what is left alive, and how they go on or don't. */
class SuspensionTest {
    private final Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);
    private final Trace trace = Trace.of(engine);
    private final TestSource source = TestSource.sized(10);

    private State<Long, Long> run(long epochs) {
        return engine.run(source, RunLimit.epochs(epochs));
    }

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of(Events.STARTED, "ST(0,0)", "ES(1,0)"),
                Arguments.of(Events.EPOCH_STARTED.once(2), "ES(2,10)", "GBS(2,10)"),
                Arguments.of(Events.GET_BATCH_STARTED.once(12), "GBS(2,12)", "GBC(2,12)"),
                Arguments.of(Events.DATALOADER_STOP_ITERATION, "DSI(2,10)", "GBC(2,10)"),
                Arguments.of(Events.GET_BATCH_COMPLETED.once(12), "GBC(2,12)", "IS(2,13)"),
                Arguments.of(Events.ITERATION_STARTED.once(12), "IS(2,12)", "IC(2,12)"),
                Arguments.of(Events.ITERATION_COMPLETED.once(12), "IC(2,12)", "GBS(2,12)"),
                Arguments.of(Events.ITERATION_COMPLETED.once(20), "IC(2,20)", "EC(2,20)"),
                Arguments.of(Events.EPOCH_COMPLETED.once(1), "EC(1,10)", "ES(2,10)"),
                Arguments.of(Events.EPOCH_COMPLETED.once(2), "EC(2,20)", "CO(2,20)"));
    }

    @ParameterizedTest
    @MethodSource("places")
    void aRunIsLeftAfterTheEventAndGoesOnWithTheNext(EventSelector when, String last, String next) {
        List<String> calls = new ArrayList<>();
        engine.on(when, e -> e.interrupt());
        engine.on(when, e -> calls.add("remaining handler"));

        run(2);
        String position = last.substring(last.indexOf('('));
        assertThat(trace.take()).endsWith(last + " IN" + position);
        assertThat(engine.isSuspended()).isTrue();
        assertThat(engine.lastEvent()).contains(Events.INTERRUPT);
        run(2);

        assertThat(trace.text()).startsWith(next).endsWith("CO(2,20)");
        assertThat(engine.isSuspended()).isFalse();
        assertThat(calls).hasSize(1);
        assertThat(source.opened).containsExactly(new Position(1, 0), new Position(2, 0));
        assertThat(source.stillOpen()).isZero();
        assertThat(engine.eventCounts())
                .containsEntry("STARTED", 1L)
                .containsEntry("ITERATION_COMPLETED", 20L)
                .containsEntry("INTERRUPT", 1L);
    }

    @Test
    void theProcessFunctionMayInterrupt() {
        Engine<Long, Long> own = new Engine<>("train", (e, batch) -> {
            if (batch == 1) {
                e.interrupt();
            }
            return batch;
        });
        Trace traced = Trace.of(own);

        own.run(source, RunLimit.epochs(1));

        assertThat(traced.text()).endsWith("IS(1,2) IC(1,2) IN(1,2)");
    }

    @Test
    void anotherThreadMayInterrupt() {
        CountDownLatch running = new CountDownLatch(1);
        engine.on(Events.ITERATION_COMPLETED.once(1), e -> running.countDown());
        Thread stopper = new Thread(() -> {
            try {
                running.await();
                engine.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopper.start();

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> engine.run(TestSource.endless(), RunLimit.iterations(Long.MAX_VALUE)));
        assertThat(engine.isSuspended()).isTrue();
    }

    @Test
    void aRunWithoutDataGoesOnToo() {
        engine.on(Events.ITERATION_COMPLETED.once(3), e -> e.interrupt());
        RunLimit limit = RunLimit.epochs(2).withEpochLength(2);

        engine.run(limit);
        assertThat(trace.take()).endsWith("IC(2,3) IN(2,3)");
        engine.run(limit);

        assertThat(trace.text()).isEqualTo("IS(2,4) IC(2,4) EC(2,4) CO(2,4)");
    }

    @Test
    void anInterruptionBeforeTheRunOrInItsLastEventsHasNoEffect() {
        engine.on(Events.TERMINATE.or(Events.COMPLETED), e -> e.interrupt());

        engine.interrupt();
        run(1);

        assertThat(trace.text()).endsWith("CO(1,10)").doesNotContain("IN");
        assertThat(engine.isSuspended()).isFalse();
    }

    @Test
    void terminationWins() {
        engine.on(Events.ITERATION_COMPLETED.once(3), e -> {
            e.interrupt();
            e.terminate();
        });

        run(2);

        assertThat(trace.text()).endsWith("IC(1,3) TE(1,3) CO(1,3)");
    }

    @Test
    void anEpochIsLeftBeforeTheRunIs() {
        engine.on(Events.ITERATION_COMPLETED.once(3), e -> {
            e.interrupt();
            e.terminateEpoch();
        });

        run(2);
        assertThat(trace.take()).endsWith("IC(1,3) TSE(1,3) EC(1,3) IN(1,3)");
        run(2);

        assertThat(trace.text()).startsWith("ES(2,3) GBS(2,3)").endsWith("CO(2,13)");
    }

    @Test
    void aSuspendedRunThatIsTerminatedEndsOnceItIsTakenUp() {
        engine.on(Events.ITERATION_STARTED.once(3), e -> e.interrupt());
        run(2);
        trace.take();

        engine.terminate("enough");
        run(2);

        assertThat(trace.text()).isEqualTo("TE(1,3) CO(1,3)");
        assertThat(engine.terminationReason()).contains("enough");
        assertThat(source.stillOpen()).isZero();
    }

    @Test
    void aSuspendedRunIsSavedAndGoesOnElsewhere() {
        engine.on(Events.ITERATION_STARTED.once(14), e -> e.interrupt());
        run(3);
        Progress progress = engine.progress();
        Engine<Long, Long> other = new Engine<>("train", (e, batch) -> batch);
        TestSource again = TestSource.sized(10);

        other.resumeAt(progress);
        other.run(again, RunLimit.epochs(3));

        assertThat(progress.iteration()).isEqualTo(13);
        assertThat(again.delivered).hasSize(17).startsWith(3L, 4L);
    }

    @Test
    void theLimitOfTheNextRunCounts() {
        engine.on(Events.ITERATION_COMPLETED.once(14), e -> e.interrupt());
        run(3);

        assertThatThrownBy(() -> run(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot run engine train to 1 epochs: it has run 2 already"
                        + " (expected >= 2, restart() begins anew)");
        assertThatThrownBy(() -> engine.run(source, RunLimit.epochs(3).withEpochLength(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot run engine train to 3 epochs: an epoch would have 7 iterations");
        run(2);

        assertThat(trace.text()).endsWith("EC(2,20) CO(2,20)");
        assertThat(engine.state().maxEpochs()).hasValue(2);
    }

    @Test
    void anotherSourceIsRefusedAndTheRunStaysSuspended() {
        engine.on(Events.ITERATION_COMPLETED.once(4), e -> e.interrupt());
        List<Long> batches = List.of(1L, 2L, 3L);
        engine.run(BatchSource.of(batches), RunLimit.epochs(2));

        assertThatThrownBy(() -> engine.run(BatchSource.of(List.of(4L, 5L, 6L)), RunLimit.epochs(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot run engine train: its run was suspended with source of 3 batches in a list and is to go"
                                + " on with source of 3 batches in a list (expected the same; resumeAt(progress()) opens"
                                + " another source at the same place, restart() begins anew)");
        assertThatThrownBy(() -> engine.run(RunLimit.epochs(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is to go on with no source (expected the same");
        engine.run(BatchSource.of(batches), RunLimit.epochs(2));

        assertThat(engine.state().iteration()).isEqualTo(6);
    }

    @Test
    void anIterableIsReadOnByAnEqualSource() {
        engine.on(Events.ITERATION_COMPLETED.once(2), e -> e.interrupt());
        Iterable<Long> batches = List.of(1L, 2L, 3L);

        engine.run(BatchSource.of(batches), RunLimit.epochs(1));
        engine.run(BatchSource.of(batches), RunLimit.epochs(1));

        assertThat(engine.state().iteration()).isEqualTo(3);
        assertThat(trace.count("ST")).isEqualTo(1);
    }

    @Test
    void givingASuspendedRunUpClosesItsSource() {
        Registration interrupts = engine.on(Events.ITERATION_COMPLETED.every(4), e -> e.interrupt());
        run(2);
        assertThat(source.stillOpen()).isEqualTo(1);

        engine.resumeAt(engine.progress());
        assertThat(source.stillOpen()).isZero();
        assertThat(engine.isSuspended()).isFalse();
        run(2);
        assertThat(source.stillOpen()).isEqualTo(1);
        engine.restart();
        assertThat(source.stillOpen()).isZero();

        interrupts.remove();
        run(1);
        assertThat(engine.state().iteration()).isEqualTo(10);
    }

    @Test
    void aFailureAfterTheInterruptionClosesTheSource() {
        engine.on(Events.INTERRUPT, 0, "notify", e -> {
            throw new IllegalStateException("no route");
        });
        engine.on(Events.ITERATION_COMPLETED.once(4), e -> e.interrupt());

        assertThatThrownBy(() -> run(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no route");

        assertThat(trace.text()).endsWith("IN(1,4) EX(1,4)");
        assertThat(engine.isSuspended()).isFalse();
        assertThat(source.stillOpen()).isZero();
    }

    @Test
    void aSourceThatFailsToCloseDoesNotKeepTheRunFromBeginningAnew() {
        List<Long> read = new ArrayList<>();
        Iterable<Long> broken = () -> new FailingToClose(read);
        engine.on(Events.ITERATION_COMPLETED.once(2), e -> e.interrupt());
        engine.run(BatchSource.of(broken), RunLimit.epochs(1).withEpochLength(3));

        assertThatThrownBy(engine::restart)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cannot close");

        assertThat(engine.isSuspended()).isFalse();
        trace.take();
        run(1);
        assertThat(trace.text()).startsWith("ST(0,0)");
    }

    /** Three numbers. */
    private static final class FailingToClose implements Iterator<Long>, AutoCloseable {
        private final List<Long> read;

        FailingToClose(List<Long> read) {
            this.read = read;
        }

        @Override
        public boolean hasNext() {
            return read.size() < 3;
        }

        @Override
        public Long next() {
            read.add((long) read.size());
            return (long) read.size();
        }

        @Override
        public void close() {
            throw new IllegalStateException("cannot close");
        }
    }

    @Test
    void replicasThatVoteGoOnVoting() {
        List<Boolean> wishes = new ArrayList<>();
        engine.terminationVote(wish -> {
            wishes.add(wish);
            return wish;
        });
        engine.on(Events.ITERATION_STARTED.once(2), e -> {
            e.terminate("enough");
            e.interrupt();
        });

        run(1);
        assertThat(trace.take()).endsWith("IS(1,2) IN(1,2)");
        run(1);

        assertThat(trace.text()).isEqualTo("IC(1,2) TE(1,2) CO(1,2)");
        assertThat(wishes).containsExactly(false, true);
    }
}
