package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What filters are made of, beyond {@link IgniteFilterConformanceTest}. */
class EventWindowTest {
    private static final Event IS = Events.ITERATION_STARTED;
    private static final Event EC = Events.EPOCH_COMPLETED;

    static Stream<Arguments> phases() {
        return Stream.of(
                Arguments.of(IS.every(3).before(10), List.of(1L, 4L, 7L)),
                Arguments.of(IS.every(2).after(3).before(10), List.of(4L, 6L, 8L)),
                Arguments.of(IS.every(5).after(8).before(25), List.of(9L, 14L, 19L, 24L)),
                Arguments.of(EC.every(2).before(5).after(1), List.of(2L, 4L)),
                Arguments.of(Events.GET_BATCH_STARTED.every(10), List.of(0L, 10L, 20L)),
                Arguments.of(Events.GET_BATCH_STARTED.once(1), List.of(1L)));
    }

    @ParameterizedTest
    @MethodSource("phases")
    void aBoundSetsThePhaseOfThePeriod(EventSelector when, List<Long> counts) {
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);
        List<Long> seen = new ArrayList<>();
        Event event = when.alternatives().get(0).event();
        engine.on(when, e -> seen.add(event.counter().of(e.state(), 0)));

        engine.run(TestSource.sized(6), RunLimit.epochs(5));

        assertThat(seen).isEqualTo(counts);
    }

    @Test
    void countsAndPeriodsMayNeedMoreThan32Bits() {
        long large = 3_000_000_000L;
        EventFilter third = IS.every(3).alternatives().get(0).filter();
        EventFilter largeth = IS.every(large).alternatives().get(0).filter();

        assertThat(third.matches(null, large)).isTrue();
        assertThat(third.matches(null, large + 1)).isFalse();
        assertThat(largeth.matches(null, large)).isTrue();
        assertThat(largeth.matches(null, large - (1L << 32))).isFalse();
        assertThat(largeth.matches(null, 5)).isFalse();
    }

    @Test
    void orLeavesItsOperandsAsTheyWere() {
        EventSelector two = Events.STARTED.or(Events.COMPLETED);
        EventSelector three = two.or(EC.every(2));

        assertThat(two.alternatives()).hasSize(2);
        assertThat(three.alternatives()).hasSize(3);
        assertThat(three).hasToString("STARTED or COMPLETED or EPOCH_COMPLETED.every(2)");
    }

    @Test
    void aWindowLeavesTheOneItCameFromAsItWas() {
        EventWindow every = IS.every(5);
        EventWindow narrow = every.after(8).before(25);

        assertThat(every).hasToString("ITERATION_STARTED.every(5)");
        assertThat(narrow).hasToString("ITERATION_STARTED.every(5).after(8).before(25)");
        assertThat(IS.once(1, 5)).hasToString("ITERATION_STARTED.once(1, 5)");
        assertThat(IS.when((engine, count) -> true)).hasToString("ITERATION_STARTED.when(...)");
    }

    static Stream<Arguments> illegal() {
        return Stream.of(
                illegal(() -> IS.every(0), "Invalid every: 0 (must be > 0)"),
                illegal(() -> IS.every(-1), "Invalid every: -1 (must be > 0)"),
                illegal(() -> IS.before(3).every(0), "Invalid every: 0 (must be > 0)"),
                illegal(() -> IS.before(-1), "Invalid before: -1 (must be >= 0)"),
                illegal(() -> IS.after(-1), "Invalid after: -1 (must be >= 0)"),
                illegal(() -> IS.once(0), "Invalid once: 0 (must be > 0)"),
                illegal(() -> IS.once(1, -5), "Invalid once: -5 (must be > 0)"),
                illegal(() -> IS.once(), "Invalid once: no count given (must be one or more, each > 0)"),
                illegal(
                        () -> IS.when(null),
                        "Cannot filter an event: event is ITERATION_STARTED, filter is null (expected both)"),
                illegal(
                        () -> IS.every(2).every(3),
                        "Cannot set every to 3: it is 2 already"
                                + " (expected once for each event, combine selectors with or)"));
    }

    private static Arguments illegal(Runnable creation, String message) {
        return Arguments.of(creation, message);
    }

    @ParameterizedTest
    @MethodSource("illegal")
    void anImpossibleFilterIsRefusedWhenItIsMade(Runnable creation, String message) {
        assertThatThrownBy(creation::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aFilterOnAnEventWithoutCounterIsRefusedAtRegistrationAndNothingIsRegistered() {
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);
        int[] called = {0};

        assertThatThrownBy(() -> engine.on(Events.STARTED.or(Events.TERMINATE.every(2)), 0, "guard", e -> called[0]++))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot register handler guard on TERMINATE.every(2): TERMINATE has no counter to filter by"
                        + " (expected the plain event)");
        engine.run(TestSource.sized(1), RunLimit.epochs(1));
        assertThat(called[0]).isZero();
    }

    @Test
    void anEventThatTheEngineDoesNotHaveIsRefused() {
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);
        Event foreign = () -> "BACKWARD_COMPLETED";

        assertThatThrownBy(() -> engine.on(foreign, 0, "clip", e -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot register handler clip on BACKWARD_COMPLETED: engine train has no such event"
                        + " (expected one of Events, or one that was given to registerEvents)");
    }
}
