package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Filters select what those of Ignite (version 0.6.0) do, by its own tests. */
class IgniteFilterConformanceTest {
    private static final Event IS = Events.ITERATION_STARTED;
    private static final Event ES = Events.EPOCH_STARTED;
    private static final Event EC = Events.EPOCH_COMPLETED;

    static Stream<Arguments> callsIn5EpochsOf100() {
        return Stream.of(
                Arguments.of(IS, 500),
                Arguments.of(IS.every(1), 500),
                Arguments.of(IS.every(10), 50),
                Arguments.of(ES.every(2), 2),
                Arguments.of(IS.before(300), 299),
                Arguments.of(IS.before(501), 500),
                Arguments.of(IS.before(0), 0),
                Arguments.of(EC.before(3), 2),
                Arguments.of(IS.after(300), 200),
                Arguments.of(IS.after(500), 0),
                Arguments.of(IS.after(0), 500),
                Arguments.of(EC.after(3), 2),
                Arguments.of(IS.before(300).after(100), 199),
                Arguments.of(EC.before(4).after(1), 2),
                Arguments.of(IS.every(5).before(25).after(8), 4),
                Arguments.of(EC.every(2).before(5).after(1), 2),
                Arguments.of(IS.once(1, 5), 2),
                Arguments.of(IS.once(501), 0),
                Arguments.of(IS.once(1).or(IS.once(1)), 2),
                Arguments.of(IS.once(7).or(EC).or(ES.every(5)), 7),
                Arguments.of(
                        IS.when((engine, count) -> count > 490 && engine.state().epoch() == 5), 10),
                Arguments.of(Events.STARTED.every(2), 1),
                Arguments.of(Events.STARTED.once(1), 0),
                Arguments.of(Events.COMPLETED.once(5), 1));
    }

    @ParameterizedTest
    @MethodSource("callsIn5EpochsOf100")
    void aSelectorCallsItsHandlerAsOftenAsInIgnite(EventSelector when, int calls) {
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);
        int[] called = {0};
        engine.on(when, e -> called[0]++);

        engine.run(TestSource.sized(100), RunLimit.epochs(5));

        assertThat(called[0]).isEqualTo(calls);
    }

    /** Which of every, before and after are set: Ignite allows all but none of them. */
    static Stream<Arguments> combinations() {
        return IntStream.range(1, 8).mapToObj(set -> Arguments.of((set & 1) != 0, (set & 2) != 0, (set & 4) != 0));
    }

    /** Ignite: counter > a, counter < b, and counter - a - 1 divisible by n, or the counter itself where neither is set. */
    @ParameterizedTest
    @MethodSource("combinations")
    void everyBeforeAndAfterCombine(boolean every, boolean before, boolean after) {
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);
        List<Long> selected = new ArrayList<>();
        engine.on(window(every, before, after), e -> selected.add(e.state().iteration()));

        engine.run(TestSource.sized(40), RunLimit.epochs(1));

        List<Long> expected = new ArrayList<>();
        for (long count = 1; count <= 40; count++) {
            long phase = before || after ? (after ? 7 : 0) + 1 : 0;
            boolean inside = (!before || count < 30) && (!after || count > 7);
            if (inside && (!every || (count - phase) % 4 == 0)) {
                expected.add(count);
            }
        }
        assertThat(selected).isEqualTo(expected);
    }

    private static EventSelector window(boolean every, boolean before, boolean after) {
        Optional<EventWindow> window = every ? Optional.of(IS.every(4)) : Optional.empty();
        if (before) {
            window = Optional.of(window.map(present -> present.before(30)).orElseGet(() -> IS.before(30)));
        }
        if (after) {
            window = Optional.of(window.map(present -> present.after(7)).orElseGet(() -> IS.after(7)));
        }
        return window.orElseThrow();
    }

    static Stream<Arguments> withoutCounter() {
        return Stream.of(
                Arguments.of(Events.DATALOADER_STOP_ITERATION),
                Arguments.of(Events.TERMINATE),
                Arguments.of(Events.TERMINATE_SINGLE_EPOCH),
                Arguments.of(Events.INTERRUPT),
                Arguments.of(Events.EXCEPTION_RAISED));
    }

    @ParameterizedTest
    @MethodSource("withoutCounter")
    void anEventWithoutCounterRefusesAFilterAtRegistrationWhereIgniteFailsWhenItFires(Events event) {
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);

        assertThatThrownBy(() -> engine.on(event.every(2), 0, "guard", e -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot register handler guard on " + event + ".every(2): " + event
                        + " has no counter to filter by (expected the plain event)");
    }
}
