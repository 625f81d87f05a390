package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The termination table of {@link Events}, compared with Ignite's tests of terminate and terminate_epoch. */
class TerminationTest {
    private static Engine<Long, Long> engine() {
        return new Engine<>("train", (engine, batch) -> batch);
    }

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of(Events.STARTED, "ST(0,0)"),
                Arguments.of(Events.EPOCH_STARTED.once(2), "ES(2,10)"),
                Arguments.of(Events.EPOCH_COMPLETED.once(2), "EC(2,20)"),
                Arguments.of(Events.GET_BATCH_STARTED.once(12), "GBS(2,12)"),
                Arguments.of(Events.GET_BATCH_COMPLETED.once(12), "GBC(2,12)"),
                Arguments.of(Events.ITERATION_STARTED.once(14), "IS(2,14)"),
                Arguments.of(Events.ITERATION_COMPLETED.once(14), "IC(2,14)"),
                Arguments.of(Events.ITERATION_COMPLETED.once(20), "IC(2,20)"),
                Arguments.of(Events.ITERATION_COMPLETED.once(50), "IC(5,50)"),
                Arguments.of(Events.EPOCH_COMPLETED.once(5), "EC(5,50)"),
                Arguments.of(Events.DATALOADER_STOP_ITERATION, "DSI(2,10)"));
    }

    @ParameterizedTest
    @MethodSource("places")
    void terminateLeavesTheLoopAfterTheEvent(EventSelector when, String last) {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        int[] calls = {0};
        engine.on(when, e -> e.terminate("enough"));
        engine.on(when, e -> calls[0]++);
        TestSource source = TestSource.sized(10);

        engine.run(source, RunLimit.epochs(5));

        String position = last.substring(last.indexOf('('));
        assertThat(trace.text()).endsWith(last + " TE" + position + " CO" + position);
        assertThat(trace.count("TE")).isEqualTo(1);
        assertThat(trace.count("EX")).isZero();
        assertThat(calls[0]).isEqualTo(1);
        assertThat(engine.terminationReason()).contains("enough");
        assertThat(source.stillOpen()).isZero();
    }

    @ParameterizedTest
    @MethodSource("places")
    void terminateWithoutCompletedEndsWithTerminate(EventSelector when, String last) {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        engine.on(when, e -> e.terminateWithoutCompleted("enough"));
        TestSource source = TestSource.sized(10);

        engine.run(source, RunLimit.epochs(5));

        assertThat(trace.text()).endsWith(last + " TE" + last.substring(last.indexOf('(')));
        assertThat(source.stillOpen()).isZero();
    }

    @Test
    void terminateInTheProcessFunctionTakesEffectAfterIterationCompleted() {
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> {
            if (e.state().iteration() == 4) {
                e.terminate();
            }
            return batch;
        });
        Trace trace = Trace.of(engine);

        engine.run(TestSource.sized(3), RunLimit.epochs(5));

        assertThat(trace.text()).endsWith("IS(2,4) IC(2,4) TE(2,4) CO(2,4)");
        assertThat(engine.terminationReason()).contains("terminate() was called");
    }

    @Test
    void theFirstReasonCounts() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        engine.on(Events.ITERATION_COMPLETED.once(2), e -> e.terminate("loss is NaN"));
        engine.on(Events.ITERATION_COMPLETED.once(2), e -> e.terminateWithoutCompleted("time is up"));

        engine.run(TestSource.sized(3), RunLimit.epochs(1));

        assertThat(engine.terminationReason()).contains("loss is NaN");
        assertThat(trace.names()).endsWith("IC TE CO");
    }

    @Test
    void terminateBeforeTheRunOrInItsLastEventHasNoEffect() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        engine.on(Events.COMPLETED, e -> e.terminate());

        engine.terminate();
        engine.run(TestSource.sized(3), RunLimit.epochs(1));
        assertThat(trace.take()).endsWith("EC(1,3) CO(1,3)").doesNotContain("TE");
        assertThat(engine.terminationReason()).isEmpty();
        engine.run(TestSource.sized(3), RunLimit.epochs(2));

        assertThat(trace.text()).startsWith("ST(1,3) ES(2,3)").endsWith("EC(2,6) CO(2,6)");
    }

    @Test
    void terminateFromAnotherThreadEndsTheRun() {
        CountDownLatch running = new CountDownLatch(1);
        Engine<Long, Long> engine = engine();
        engine.on(Events.ITERATION_COMPLETED, e -> running.countDown());
        Thread killer = new Thread(() -> {
            try {
                running.await();
                engine.terminate("task was killed");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        killer.start();

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> engine.run(TestSource.endless(), RunLimit.iterations(Long.MAX_VALUE)));
        assertThat(engine.terminationReason()).contains("task was killed");
    }

    static Stream<Arguments> insideTheEpoch() {
        return Stream.of(
                Arguments.of(Events.GET_BATCH_STARTED.once(14), "GBS(2,14)", 4L),
                Arguments.of(Events.GET_BATCH_COMPLETED.once(14), "GBC(2,14)", 4L),
                Arguments.of(Events.ITERATION_STARTED.once(14), "IS(2,14)", 4L),
                Arguments.of(Events.ITERATION_COMPLETED.once(14), "IC(2,14)", 4L));
    }

    @ParameterizedTest
    @MethodSource("insideTheEpoch")
    void terminateEpochGoesOnWithTheNextPass(EventSelector when, String last, long epochIteration) {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        long[] seen = {-1};
        engine.on(when, e -> e.terminateEpoch());
        engine.on(Events.TERMINATE_SINGLE_EPOCH, e -> seen[0] = e.state().epochIteration());
        TestSource source = TestSource.sized(10);

        engine.run(source, RunLimit.epochs(3));

        assertThat(trace.text())
                .contains(last + " TSE(2,14) EC(2,14) ES(3,14) GBS(3,14) GBC(3,14) IS(3,15)")
                .endsWith("IC(3,24) EC(3,24) CO(3,24)");
        assertThat(trace.count("DSI")).isEqualTo(1);
        assertThat(seen[0]).isEqualTo(epochIteration);
        assertThat(source.opened).containsExactly(new Position(1, 0), new Position(2, 0), new Position(3, 0));
        assertThat(source.stillOpen()).isZero();
    }

    @Test
    void terminateEpochWithoutCompletedSkipsEpochCompleted() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        engine.on(Events.ITERATION_COMPLETED.once(14), e -> e.terminateEpochWithoutCompleted());

        engine.run(TestSource.sized(10), RunLimit.epochs(3));

        assertThat(trace.text()).contains("IC(2,14) TSE(2,14) ES(3,14) GBS(3,14)");
        assertThat(trace.count("EC")).isEqualTo(2);
    }

    @Test
    void terminateEpochAtTheEndOfAPassSkipsThePassThatWouldBegin() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        TestSource source = TestSource.sized(2);
        boolean[] done = {false};
        engine.on(Events.DATALOADER_STOP_ITERATION, e -> {
            if (!done[0]) {
                done[0] = true;
                e.terminateEpoch();
            }
        });

        engine.run(source, RunLimit.epochs(3));

        assertThat(trace.text()).contains("DSI(2,2) TSE(2,2) EC(2,2) ES(3,2) GBS(3,2) GBC(3,2)");
        assertThat(source.opened).containsExactly(new Position(1, 0), new Position(3, 0));
    }

    @ParameterizedTest
    @EnumSource(
            value = Events.class,
            names = {"STARTED", "EPOCH_STARTED"})
    void terminateEpochIsRefusedWhereNoIterationRuns(Events event) {
        Engine<Long, Long> engine = engine();
        engine.on(event, e -> e.terminateEpoch());

        assertThatThrownBy(() -> engine.run(TestSource.sized(10), RunLimit.epochs(3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot terminate an epoch of engine train: it is at " + event
                        + " (expected inside an iteration)");
    }

    @Test
    void terminateEpochIsRefusedOutsideARun() {
        assertThatThrownBy(() -> engine().terminateEpochWithoutCompleted())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot terminate an epoch of engine train: it is not running"
                        + " (expected inside an iteration)");
    }

    @Test
    void terminateEpochIsIgnoredOnceTheEpochIsOver() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        engine.on(Events.EPOCH_COMPLETED.or(Events.COMPLETED), e -> e.terminateEpoch());

        engine.run(TestSource.sized(2), RunLimit.epochs(3));

        assertThat(trace.count("IC")).isEqualTo(6);
        assertThat(trace.count("TSE")).isZero();
    }

    @Test
    void terminateWinsOverTerminateEpoch() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        engine.on(Events.ITERATION_COMPLETED.once(1), e -> {
            e.terminateEpoch();
            e.terminate();
        });

        engine.run(TestSource.sized(2), RunLimit.epochs(3));

        assertThat(trace.names()).endsWith("IC TE CO").doesNotContain("TSE");
    }

    @Test
    void terminateWhileAnEpochIsLeftTakesEffectAfterEpochCompleted() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        engine.on(Events.ITERATION_COMPLETED.once(1), e -> e.terminateEpoch());
        engine.on(Events.TERMINATE_SINGLE_EPOCH, e -> e.terminate());

        engine.run(TestSource.sized(2), RunLimit.epochs(3));

        assertThat(trace.names()).endsWith("IC TSE EC TE CO");
    }
}
