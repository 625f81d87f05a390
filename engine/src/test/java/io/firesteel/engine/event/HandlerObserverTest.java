package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerObserverTest {
    private enum Mine implements Event {
        INNER
    }

    /** Writes down who was called, and that no call took longer than the firing that it was part of. */
    private static final class Notes implements HandlerObserver {
        final List<String> calls = new ArrayList<>();
        private long nanosOfCalls;

        @Override
        public void handled(Event event, String handler, long nanos) {
            calls.add(handler + " at " + event.name());
            assertThat(nanos).isNotNegative();
            nanosOfCalls = event == Mine.INNER ? nanosOfCalls : nanosOfCalls + nanos;
        }

        @Override
        public void fired(Event event, long nanos) {
            calls.add(event.name());
            if (event != Mine.INNER) {
                assertThat(nanos).isGreaterThanOrEqualTo(nanosOfCalls);
                nanosOfCalls = 0;
            }
        }

        @Override
        public String toString() {
            return "notes";
        }
    }

    private final Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);
    private final Notes notes = new Notes();

    private void run(long iterations) {
        engine.run(TestSource.sized(3), RunLimit.iterations(iterations));
    }

    @Test
    void everyCallAndEveryFiringWithHandlersIsTold() {
        engine.registerEvents(Mine.values());
        engine.on(Mine.INNER, 0, "inner", e -> {});
        engine.on(Events.ITERATION_COMPLETED.every(2), 0, "outer", e -> e.fire(Mine.INNER));
        engine.on(Events.ITERATION_COMPLETED.once(3), 0, "once", e -> {});
        engine.observe(notes);
        run(3);

        assertThat(notes.calls)
                .containsExactly(
                        "ITERATION_COMPLETED",
                        "inner at INNER",
                        "INNER",
                        "outer at ITERATION_COMPLETED",
                        "ITERATION_COMPLETED",
                        "once at ITERATION_COMPLETED",
                        "ITERATION_COMPLETED");
    }

    @Test
    void aHandlerThatThrowsIsToldToo() {
        engine.on(Events.ITERATION_COMPLETED, 0, "broken", e -> {
            throw new IllegalStateException("down");
        });
        engine.observe(notes);

        assertThatThrownBy(() -> run(1)).hasMessage("down");
        assertThat(notes.calls).containsExactly("broken at ITERATION_COMPLETED", "ITERATION_COMPLETED");
    }

    @Test
    void anObserverThatWasTakenOffIsToldNothing() {
        engine.on(Events.ITERATION_COMPLETED, e -> {});
        Registration first = engine.observe(notes);
        first.remove();
        Notes second = new Notes();
        engine.observe(second);
        first.remove();
        run(2);

        assertThat(notes.calls).isEmpty();
        assertThat(second.calls).hasSize(4);
    }

    @Test
    void anObserverGoesWithTheHandlerThatBroughtIt() {
        Registration registration = engine.attach(new Handler<>() {
            @Override
            public String name() {
                return "profiler";
            }

            @Override
            public void attach(Engine<Long, Long> attached) {
                attached.on(Events.ITERATION_COMPLETED, e -> {});
                attached.observe(notes);
            }
        });
        registration.remove();
        engine.on(Events.ITERATION_COMPLETED, e -> {});
        run(1);

        assertThat(notes.calls).isEmpty();
    }

    @Test
    void aSecondObserverIsRefused() {
        engine.observe(notes);
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.observe(new Notes()))
                .withMessage("Cannot observe engine train: notes does already (expected one observer at a time)");
    }
}
