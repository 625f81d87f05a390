package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handlers come, are asked for, and go. */
class RegistrationsTest {
    private final Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);
    private final List<String> calls = new ArrayList<>();
    private final EventHandler<Long, Long> handler =
            e -> calls.add(e.lastEvent().orElseThrow().name());

    private List<String> callsOfARun() {
        calls.clear();
        engine.restart();
        engine.run(TestSource.sized(2), RunLimit.epochs(1));
        return calls;
    }

    @Test
    void anEngineKnowsItsHandlers() {
        EventHandler<Long, Long> other = e -> {};
        engine.on(Events.STARTED.or(Events.EPOCH_COMPLETED.every(2)), handler);

        assertThat(engine.has(handler)).isTrue();
        assertThat(engine.has(handler, Events.STARTED)).isTrue();
        assertThat(engine.has(handler, Events.EPOCH_COMPLETED)).isTrue();
        assertThat(engine.has(handler, Events.COMPLETED)).isFalse();
        assertThat(engine.has(handler, () -> "UNKNOWN")).isFalse();
        assertThat(engine.has(other)).isFalse();
    }

    @Test
    void removingFromAnEventTakesAllItsPlacesThere() {
        engine.on(Events.ITERATION_COMPLETED.every(2), handler);
        engine.on(Events.ITERATION_COMPLETED.once(1).or(Events.COMPLETED), handler);

        engine.remove(handler, Events.ITERATION_COMPLETED);

        assertThat(engine.has(handler, Events.ITERATION_COMPLETED)).isFalse();
        assertThat(callsOfARun()).containsExactly("COMPLETED");
    }

    @Test
    void removingWhatIsNotThereIsRefused() {
        class Guard implements EventHandler<Long, Long> {
            @Override
            public void handle(Engine<Long, Long> e) {}
        }
        Guard guard = new Guard();

        assertThatThrownBy(() -> engine.remove(guard, Events.COMPLETED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot remove handler Guard from COMPLETED of engine train: it isn't there"
                        + " (expected the object that was registered)");
        assertThatThrownBy(() -> engine.remove(guard, () -> "UNKNOWN"))
                .hasMessage("Cannot remove handler Guard from UNKNOWN of engine train: it isn't there"
                        + " (expected the object that was registered)");
    }

    @Test
    void aRegistrationThatWasRemovedByHandClosesQuietly() {
        Registration registration = engine.on(Events.STARTED.or(Events.COMPLETED), handler);

        engine.remove(handler, Events.STARTED);
        registration.close();
        registration.close();

        assertThat(engine.has(handler)).isFalse();
    }

    @Test
    void aHandlerMayBeThereForABlock() {
        try (Registration registration = engine.on(Events.STARTED.or(Events.COMPLETED), handler)) {
            assertThat(registration).isNotNull();
            assertThat(callsOfARun()).containsExactly("STARTED", "COMPLETED");
        }

        assertThat(callsOfARun()).isEmpty();
    }

    /** Notes two events. */
    private final class Noting implements Handler<Long, Long> {
        @Override
        public String name() {
            return "noting";
        }

        @Override
        public void attach(Engine<Long, Long> to) {
            to.on(Events.STARTED, handler);
            to.on(Events.COMPLETED, handler);
        }
    }

    @Test
    void anAttachedHandlerGoesWithAllThatItRegistered() {
        engine.on(Events.COMPLETED, handler);
        Registration attached = engine.attach(new Noting());
        assertThat(callsOfARun()).containsExactly("STARTED", "COMPLETED", "COMPLETED");

        attached.remove();
        attached.remove();

        assertThat(callsOfARun()).containsExactly("COMPLETED");
    }

    @Test
    void aHandlerThatAttachesAnotherTakesItAlong() {
        Registration outer = engine.attach(new Handler<>() {
            @Override
            public String name() {
                return "outer";
            }

            @Override
            public void attach(Engine<Long, Long> to) {
                to.attach(new Noting());
                to.on(Events.EPOCH_STARTED, handler);
            }
        });
        Registration own = engine.on(Events.EPOCH_COMPLETED, handler);
        assertThat(callsOfARun()).containsExactly("STARTED", "EPOCH_STARTED", "EPOCH_COMPLETED", "COMPLETED");

        outer.remove();

        assertThat(callsOfARun()).containsExactly("EPOCH_COMPLETED");
        own.remove();
    }

    @Test
    void aHandlerThatFailsToAttachLeavesNothingBehind() {
        Handler<Long, Long> broken = new Handler<>() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public void attach(Engine<Long, Long> to) {
                to.on(Events.STARTED, handler);
                to.on(Events.TERMINATE.every(2), handler);
            }
        };

        assertThatThrownBy(() -> engine.attach(broken)).isInstanceOf(IllegalArgumentException.class);

        assertThat(engine.has(handler)).isFalse();
    }

    @Test
    void aHandlerWithoutANameIsRefused() {
        Handler<Long, Long> nameless = new Handler<>() {
            @Override
            public String name() {
                return "";
            }

            @Override
            public void attach(Engine<Long, Long> to) {
                to.on(Events.STARTED, handler);
            }
        };

        assertThatThrownBy(() -> engine.attach(nameless))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot attach a handler to engine train: its name is  (expected one)");
    }
}
