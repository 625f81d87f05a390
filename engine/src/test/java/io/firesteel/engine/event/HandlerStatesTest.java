package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Handlers with a state are saved and restored without being listed. */
class HandlerStatesTest {
    private final Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);

    /** Counts iterations. */
    private static final class Count implements EventHandler<Long, Long>, Stateful {
        private long count;

        @Override
        public void handle(Engine<Long, Long> engine) {
            count++;
        }

        @Override
        public StateDict state() {
            return StateDict.builder(1).put("count", count).build();
        }

        @Override
        public void restore(StateDict saved) {
            count = saved.require(1, "count").longValue("count");
        }
    }

    /** Counts iterations and epochs under a name. */
    private static final class Attached implements Handler<Long, Long>, Stateful {
        private final String name;
        private long iterations;
        private long[] epochs = {0};

        Attached(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void attach(Engine<Long, Long> engine) {
            engine.on(Events.ITERATION_COMPLETED, e -> iterations++);
            engine.on(Events.EPOCH_COMPLETED, e -> epochs[0]++);
        }

        @Override
        public StateDict state() {
            return StateDict.builder(2)
                    .put("iterations", iterations)
                    .put("epochs", epochs)
                    .build();
        }

        @Override
        public void restore(StateDict saved) {
            saved.require(2, "iterations", "epochs");
            iterations = saved.longValue("iterations");
            epochs = saved.longs("epochs");
        }
    }

    private void run(long iterations) {
        engine.run(TestSource.sized(4), RunLimit.iterations(iterations));
    }

    @Test
    void aRunThatGoesOnElsewhereHasTheStatesOfItsHandlers() {
        engine.on(Events.ITERATION_COMPLETED, new Count());
        engine.attach(new Attached("both"));
        run(6);
        Engine<Long, Long> other = new Engine<>("train", (e, batch) -> batch);
        Count count = new Count();
        Attached attached = new Attached("both");
        other.attach(attached);
        other.on(Events.ITERATION_COMPLETED, count);

        other.restoreHandlers(engine.handlerStates());
        other.resumeAt(engine.progress());
        other.run(TestSource.sized(4), RunLimit.iterations(8));

        assertThat(engine.handlerStates()).containsOnlyKeys("Count", "both");
        assertThat(count.count).isEqualTo(8);
        assertThat(attached.iterations).isEqualTo(8);
        assertThat(attached.epochs).containsExactly(2);
    }

    @Test
    void aHandlerOnSeveralEventsIsSavedOnceUnderItsFirstName() {
        Count count = new Count();
        Registration first = engine.on(Events.ITERATION_COMPLETED, 0, "steps", count);
        Registration second = engine.on(Events.EPOCH_COMPLETED, 0, "epochs", count);
        run(4);

        assertThat(engine.handlerStates())
                .containsExactly(
                        Map.entry("steps", StateDict.builder(1).put("count", 5).build()));
        first.remove();
        assertThat(engine.handlerStates()).containsOnlyKeys("steps");
        second.remove();
        assertThat(engine.handlerStates()).isEmpty();
    }

    @Test
    void aHandlerThatWasTakenOffIsNotSaved() {
        Registration attached = engine.attach(new Attached("both"));
        Count count = new Count();
        engine.on(Events.ITERATION_COMPLETED, count);

        attached.remove();
        engine.remove(count, Events.ITERATION_COMPLETED);

        assertThat(engine.handlerStates()).isEmpty();
        engine.attach(new Attached("both"));
        assertThat(engine.handlerStates()).containsOnlyKeys("both");
    }

    @Test
    void twoHandlersWithAStateHaveTwoNames() {
        engine.attach(new Attached("both"));
        engine.on(Events.ITERATION_COMPLETED, new Count());

        assertThatThrownBy(() -> engine.attach(new Attached("both")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot register handler both with engine train: another handler with a state has that name"
                        + " (expected a name of its own, as states are saved by it)");
        assertThatThrownBy(() -> engine.on(Events.ITERATION_COMPLETED, new Count()))
                .hasMessageStartingWith("Cannot register handler Count with engine train: another handler");
        engine.on(Events.ITERATION_COMPLETED, 0, "second", new Count());
        run(1);

        assertThat(engine.handlerStates()).containsOnlyKeys("both", "Count", "second");
        assertThat(engine.eventCounts()).containsEntry("ITERATION_COMPLETED", 1L);
    }

    @Test
    void aNamelessHandlerWithAStateIsRefused() {
        abstract class Base implements EventHandler<Long, Long>, Stateful {}

        assertThatThrownBy(() -> engine.on(Events.STARTED, new Base() {
                    @Override
                    public void handle(Engine<Long, Long> e) {}

                    @Override
                    public StateDict state() {
                        return StateDict.builder(1).build();
                    }

                    @Override
                    public void restore(StateDict saved) {}
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot register handler #1 with engine train: it has a state to save and no name"
                        + " (expected on(when, priority, name, handler))");
    }

    @Test
    void aStateWithoutHandlerAndAHandlerWithoutStateKeepNothingFromGoingOn() {
        Count count = new Count();
        engine.on(Events.ITERATION_COMPLETED, count);
        run(2);

        String log;
        try (ErrorOutput output = ErrorOutput.taken()) {
            engine.restoreHandlers(Map.of("gone", StateDict.builder(1).build()));
            log = output.text();
        }
        run(3);

        assertThat(count.count).isEqualTo(3);
        assertThat(log)
                .contains("Handler Count of engine train begins anew: no state of it was saved")
                .contains("Engine train drops the saved states of [gone]: it has no such handlers");
    }

    @Test
    void aStateThatAHandlerRefusesNamesTheHandler() {
        engine.on(Events.ITERATION_COMPLETED, new Count());

        assertThatThrownBy(() -> engine.restoreHandlers(
                        Map.of("Count", StateDict.builder(2).put("count", 3).build())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot restore handler Count of engine train: Cannot read the state: its version is 2"
                        + " (expected 1)");
    }

    @Test
    void aRunningEngineRestoresNothing() {
        engine.on(Events.STARTED, e -> e.restoreHandlers(Map.of()));

        assertThatThrownBy(() -> run(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot restore the handlers of engine train: it is running (at STARTED, expected idle)");
    }
}
