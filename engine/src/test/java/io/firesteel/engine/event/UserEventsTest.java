package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Events of the user's: registered, counted, filtered and fired. */
class UserEventsTest {
    private enum Backward implements Event {
        BACKWARD_STARTED,
        BACKWARD_COMPLETED
    }

    private enum Phase implements Event {
        EPOCH_HALF_OVER;

        @Override
        public EventCounter counter() {
            return EventCounter.EPOCH;
        }
    }

    private enum Clashing implements Event {
        BACKWARD_STARTED,
        STARTED
    }

    private final List<String> calls = new ArrayList<>();
    private final TestSource source = TestSource.sized(6);
    private final Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> {
        e.fire(Backward.BACKWARD_STARTED);
        e.fire(Backward.BACKWARD_COMPLETED);
        return batch;
    });

    UserEventsTest() {
        engine.registerEvents(Backward.values());
        engine.registerEvents(Phase.values());
    }

    private void note(EventSelector when) {
        engine.on(
                when,
                e -> calls.add(
                        e.lastEvent().orElseThrow().name() + " " + e.state().iteration()));
    }

    @Test
    void theEngineCountsThem() {
        engine.run(source, RunLimit.epochs(2));

        assertThat(engine.eventCounts())
                .containsEntry("BACKWARD_STARTED", 12L)
                .containsEntry("BACKWARD_COMPLETED", 12L)
                .doesNotContainKey("EPOCH_HALF_OVER");
    }

    static Stream<Arguments> selectors() {
        return Stream.of(
                Arguments.of(Backward.BACKWARD_STARTED.every(5), List.of(5, 10)),
                Arguments.of(Backward.BACKWARD_STARTED.after(9), List.of(10, 11, 12)),
                Arguments.of(Backward.BACKWARD_STARTED.before(3), List.of(1, 2)),
                Arguments.of(Backward.BACKWARD_STARTED.once(4, 7), List.of(4, 7)),
                Arguments.of(Backward.BACKWARD_STARTED.when((e, count) -> count == 8), List.of(8)),
                Arguments.of(Backward.BACKWARD_STARTED.every(3).when((e, count) -> count > 6), List.of(9, 12)),
                Arguments.of(Backward.BACKWARD_STARTED.once(2).or(Phase.EPOCH_HALF_OVER.every(2)), List.of(2, 9)));
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void filtersLookAtTheirCount(EventSelector when, List<Integer> iterations) {
        engine.on(
                Events.ITERATION_COMPLETED.every(3).when((e, count) -> e.state().epochIteration() == 3),
                e -> e.fire(Phase.EPOCH_HALF_OVER));
        List<Integer> seen = new ArrayList<>();
        engine.on(when, e -> seen.add((int) e.state().iteration()));

        engine.run(source, RunLimit.epochs(2));

        assertThat(seen).isEqualTo(iterations);
    }

    @Test
    void engineAndEngineCountApart() {
        Engine<Long, Long> other = new Engine<>("other", (e, batch) -> batch);
        other.registerEvents(Backward.values());
        engine.run(source, RunLimit.epochs(1));

        other.fire(Backward.BACKWARD_STARTED);

        assertThat(other.eventCounts()).containsExactly(Map.entry("BACKWARD_STARTED", 1L));
        assertThat(engine.eventCounts()).containsEntry("BACKWARD_STARTED", 6L);
    }

    @Test
    void handlersRunDepthFirst() {
        engine.on(Backward.BACKWARD_STARTED.once(1), e -> {
            calls.add("outer begins");
            e.fire(Phase.EPOCH_HALF_OVER);
            calls.add("outer at " + e.lastEvent().orElseThrow().name());
        });
        note(Phase.EPOCH_HALF_OVER);
        note(Backward.BACKWARD_STARTED.once(1));

        engine.run(source, RunLimit.epochs(1));

        assertThat(calls)
                .containsExactly(
                        "outer begins", "EPOCH_HALF_OVER 1", "outer at BACKWARD_STARTED", "BACKWARD_STARTED 1");
        assertThat(engine.lastEvent()).contains(Events.COMPLETED);
    }

    /** In Ignite the batch is asked for twice then. */
    @Test
    void firedAtTheEndOfAPassTheyDoNotDisturbTheLoop() {
        engine.on(Events.DATALOADER_STOP_ITERATION, e -> e.fire(Phase.EPOCH_HALF_OVER));
        Trace trace = Trace.of(engine);

        engine.run(source, RunLimit.epochs(2));

        assertThat(trace.text()).contains("GBS(2,6) DSI(2,6) GBC(2,6)");
    }

    @Test
    void whatTheirHandlersAskForTakesEffectAfterTheLoopsEvent() {
        engine.on(Backward.BACKWARD_STARTED.once(2), e -> e.terminateEpoch());
        engine.on(Backward.BACKWARD_STARTED.once(4), e -> e.interrupt());
        engine.on(Backward.BACKWARD_COMPLETED.once(5), e -> e.terminate());
        Trace trace = Trace.of(engine);

        engine.run(source, RunLimit.epochs(3));
        assertThat(trace.take()).contains("IC(1,2) TSE(1,2) EC(1,2)").endsWith("IC(2,4) IN(2,4)");
        engine.run(source, RunLimit.epochs(3));

        assertThat(trace.text()).endsWith("IS(2,5) IC(2,5) TE(2,5) CO(2,5)");
    }

    @Test
    void countsGoOnWithTheRunAndBeginAnewWithTheNext() {
        note(Backward.BACKWARD_STARTED.every(4));
        engine.run(source, RunLimit.epochs(1));
        engine.run(source, RunLimit.epochs(2));
        assertThat(engine.eventCounts()).containsEntry("BACKWARD_STARTED", 6L);
        engine.restart();
        engine.run(source, RunLimit.epochs(1));

        assertThat(calls)
                .containsExactly(
                        "BACKWARD_STARTED 4", "BACKWARD_STARTED 8", "BACKWARD_STARTED 12", "BACKWARD_STARTED 4");
    }

    @Test
    void countsAreSavedAndResumed() {
        engine.on(Events.ITERATION_COMPLETED.once(5), e -> e.terminate());
        engine.run(source, RunLimit.epochs(2));
        Progress saved = Progress.fromMap(engine.progress().toMap());
        assertThat(saved.firings()).isEqualTo(Map.of("BACKWARD_STARTED", 5L, "BACKWARD_COMPLETED", 5L));
        note(Backward.BACKWARD_STARTED.every(4));

        engine.restart();
        engine.resumeAt(saved);
        engine.run(source, RunLimit.epochs(2));

        assertThat(calls).containsExactly("BACKWARD_STARTED 8", "BACKWARD_STARTED 12");
    }

    @Test
    void aSavedCountOfAnUnknownEventIsRefused() {
        Engine<Long, Long> other = new Engine<>("other", (e, batch) -> batch);
        engine.run(source, RunLimit.epochs(1));

        other.resumeAt(engine.progress());

        assertThatThrownBy(() -> other.run(source, RunLimit.epochs(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot resume engine other: it has no event BACKWARD_STARTED, which has fired 6 times"
                        + " (expected to be registered with registerEvents)");
        other.registerEvents(Backward.values());
        other.run(source, RunLimit.epochs(2));
        assertThat(other.state().iteration()).isEqualTo(12);
    }

    @Test
    void anEventIsRegisteredOnceHoweverOftenItIsGiven() {
        note(Backward.BACKWARD_STARTED.once(1));

        engine.registerEvents(Backward.values());
        engine.run(source, RunLimit.epochs(1));

        assertThat(calls).hasSize(1);
    }

    @Test
    void twoEventsOfOneNameAreRefusedAndNoneIsRegistered() {
        Event added = () -> "ADDED";

        assertThatThrownBy(() -> engine.registerEvents(added, Clashing.BACKWARD_STARTED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot register event BACKWARD_STARTED of " + Clashing.class.getName() + " with engine train:"
                                + " it has an event BACKWARD_STARTED of " + Backward.class.getName()
                                + " (expected another name)");
        assertThatThrownBy(() -> engine.registerEvents(Clashing.STARTED)).hasMessageContaining(Events.class.getName());
        assertThatThrownBy(() -> engine.fire(added))
                .hasMessage("Cannot fire ADDED: engine train has no such event"
                        + " (expected one that was given to registerEvents)");
    }

    @Test
    void anEventWithoutANameIsRefused() {
        assertThatThrownBy(() -> engine.registerEvents(() -> " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot register an event with engine train: it is   (expected one with a name and a counter)");
    }

    @Test
    void eventsOfTheLoopAreNotFiredByHand() {
        assertThatThrownBy(() -> engine.fire(Events.EPOCH_COMPLETED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot fire EPOCH_COMPLETED: the loop of engine train fires it"
                        + " (expected an event that was given to registerEvents)");
    }

    @Test
    void aFailureNamesTheInnerAndTheOuterPlace() {
        engine.on(Backward.BACKWARD_STARTED.once(3), 0, "clip", e -> {
            throw new IOException("disk full");
        });

        Throwable failure = catchThrowable(() -> engine.run(source, RunLimit.epochs(1)));

        assertThat(failure)
                .isInstanceOf(EngineException.class)
                .hasMessage("Cannot finish event BACKWARD_STARTED of engine train: java.io.IOException: disk full");
        assertThat(failure.getCause().getSuppressed()[0])
                .hasMessage("In handler clip at BACKWARD_STARTED of engine train (epoch 1, iteration 3)");
        assertThat(failure.getSuppressed()[0])
                .hasMessage("In the process function of engine train (epoch 1, iteration 3)");
        assertThat(engine.lastEvent()).contains(Events.EXCEPTION_RAISED);
    }

    @Test
    void theirHandlersTimeIsHandlersTimeAlsoInsideTheProcessFunction() {
        Engine<Long, Long> slow = new Engine<>("train", (e, batch) -> {
            e.fire(Backward.BACKWARD_STARTED);
            spin(20_000_000);
            return batch;
        });
        slow.registerEvents(Backward.values());
        slow.on(Backward.BACKWARD_STARTED, e -> spin(2_000_000));

        slow.run(TestSource.sized(1), RunLimit.epochs(1));

        assertThat(slow.handlerNanos()).isGreaterThanOrEqualTo(2_000_000);
        assertThat(slow.state().runSeconds() * 1e9 - slow.handlerNanos()).isGreaterThanOrEqualTo(20_000_000);
    }

    private static void spin(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }
}
