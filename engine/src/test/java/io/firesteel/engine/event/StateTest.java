package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of the user's in an engine's state, and the state dict they are saved with. */
class StateTest {
    private static final StateKey<Double> SCALE = StateKey.saved("scale", Double.class);
    private static final StateKey<long[]> SEEN = StateKey.saved("seen", long[].class);
    private static final StateKey<StringBuilder> NOTES = StateKey.of("notes", StringBuilder.class);

    private final Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);
    private final TestSource source = TestSource.sized(4);

    @Test
    void handlersReadWhatOthersHavePut() {
        assertThat(engine.state().find(SCALE)).isEmpty();
        engine.on(
                Events.ITERATION_STARTED,
                e -> e.state().put(SCALE, 0.5 * e.state().iteration()));

        engine.run(source, RunLimit.epochs(1));

        assertThat(engine.state().find(SCALE)).contains(2.0);
        assertThat(engine.state().find(StateKey.saved("scale", Double.class))).contains(2.0);
    }

    @Test
    void valuesOutliveARunThatBeginsAnew() {
        engine.state().put(SCALE, 0.5);
        engine.run(source, RunLimit.epochs(1));
        engine.restart();

        engine.run(source, RunLimit.epochs(1));

        assertThat(engine.state().find(SCALE)).contains(0.5);
    }

    @Test
    void theStateDictHoldsThePositionAndTheSavedValues() {
        engine.state().put(SCALE, 0.5);
        engine.state().put(SEEN, new long[] {3, 4});
        engine.state().put(NOTES, new StringBuilder("not saved"));
        engine.on(Events.ITERATION_COMPLETED.once(6), e -> e.terminate());
        engine.run(source, RunLimit.epochs(2));

        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("iteration", 6L);
        expected.put("epochLength", 4L);
        expected.put("maxEpochs", 2L);
        expected.put("epochs", 1L);
        expected.put("epochIteration", 2L);
        expected.put("dataEpoch", 2L);
        expected.put("dataIteration", 2L);
        expected.put("scale", 0.5);
        expected.put("seen", new long[] {3, 4});
        assertThat(engine.stateDict()).isEqualTo(StateDict.of(1, expected));
    }

    @Test
    void aLoadedStateDictIsTheStateBeforeTheRunToo() {
        engine.state().put(SCALE, 0.5);
        engine.run(source, RunLimit.epochs(2));
        StateDict saved = engine.stateDict();
        Engine<Long, Long> other = new Engine<>("train", (e, batch) -> batch);
        other.state().put(SCALE, 1.0);

        other.loadStateDict(StateDict.fromBytes(saved.toBytes()));

        assertThat(other.stateDict()).isEqualTo(saved);
        assertThat(other.state().find(SCALE)).contains(0.5);
        assertThat(other.run(source, RunLimit.epochs(3)).iteration()).isEqualTo(12);
    }

    @Test
    void aRefusedStateDictChangesNothing() {
        engine.state().put(SCALE, 0.5);
        engine.run(source, RunLimit.epochs(1));
        StateDict before = engine.stateDict();

        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("epoch", 0, "maxEpochs", 5, "scale", 1),
                Map.of("epoch", 0, "maxEpochs", 5, "scale", 1.0, "other", 1.0),
                Map.of("epoch", 7, "epochLength", 4, "maxEpochs", 5, "scale", 1.0))) {
            assertThatThrownBy(() -> engine.loadStateDict(StateDict.of(1, wrong)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(engine.stateDict()).isEqualTo(before);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(
                        state -> state.put(StateKey.of("scale", Double.class), 1.0),
                        "Cannot use state key scale: there is another of that name"
                                + " (Double, saved, expected Double, not saved)"),
                refused(
                        state -> state.find(StateKey.saved("scale", Long.class)),
                        "Cannot use state key scale: there is another of that name"
                                + " (Double, saved, expected Long, saved)"),
                refused(state -> state.put(SEEN, null), "Cannot put state value seen: it is null (expected a long[])"),
                refused(
                        state -> StateKey.saved("notes", StringBuilder.class),
                        "Cannot create state key notes: a java.lang.StringBuilder can't be saved (expected long, double,"
                                + " boolean, String, long[], double[] or float[]; or a key that isn't saved, by"
                                + " StateKey.of)"),
                refused(
                        state -> StateKey.saved("epoch", Long.class),
                        "Cannot create state key epoch: the position of a run is saved under that name"
                                + " (expected another)"),
                refused(
                        state -> StateKey.saved("event.X", Long.class),
                        "Cannot create state key event.X: the position of a run is saved under that name"
                                + " (expected another)"),
                refused(
                        state -> StateKey.of("count", long.class),
                        "Cannot create state key count: its type is long (expected a class, such as Long for long)"),
                refused(
                        state -> StateKey.of(" ", Long.class),
                        "Cannot create a state key: name is  , type is class java.lang.Long (expected both)"));
    }

    private static Arguments refused(Consumer<State<?, ?>> use, String message) {
        return Arguments.of(use, message);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBeIsRefused(Consumer<State<?, ?>> use, String message) {
        engine.state().put(SCALE, 0.5);

        assertThatThrownBy(() -> use.accept(engine.state()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> refusedDicts() {
        return Stream.of(
                Arguments.of(
                        StateDict.of(2, Map.of("epoch", 0, "maxEpochs", 5, "scale", 1.0)),
                        "Cannot resume a run: the version of its state is 2 (expected 1)"),
                Arguments.of(
                        StateDict.of(1, Map.of("epoch", 0.0, "maxEpochs", 5, "scale", 1.0)),
                        "Cannot read epoch of the state: it is a Double (expected a Long)"),
                Arguments.of(
                        StateDict.of(1, Map.of("epoch", 0, "maxEpochs", 5, "scale", 1.0, "scael", 1.0)),
                        "Cannot restore state values: missing are [], unknown are [scael] (expected [scale], those with a"
                                + " saved key that were put into the state)"),
                Arguments.of(
                        StateDict.of(1, Map.of("epoch", 0, "maxEpochs", 5, "scale", 1)),
                        "Cannot restore state value scale: it is a Long (expected a Double)"));
    }

    @ParameterizedTest
    @MethodSource("refusedDicts")
    void aStateDictOfSomethingElseIsRefused(StateDict dict, String message) {
        engine.state().put(SCALE, 0.5);

        assertThatThrownBy(() -> engine.loadStateDict(dict))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aRunningEngineLoadsNothing() {
        engine.on(Events.STARTED, e -> e.loadStateDict(StateDict.of(1, Map.of("epoch", 0, "maxEpochs", 5))));

        assertThatThrownBy(() -> engine.run(source, RunLimit.epochs(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot load a state into engine train: it is running (at STARTED, expected idle)");
    }
}
