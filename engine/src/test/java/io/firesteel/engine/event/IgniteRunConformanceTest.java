package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Suspending, running again, state dicts and failures as in Ignite's engine (version 0.6.0), by its own tests; where ours
 * deviates on purpose the test's name says so.
 */
class IgniteRunConformanceTest {
    private static final StateKey<Double> ALPHA = StateKey.saved("alpha", Double.class);

    private final Engine<Long, Long> engine = engine();
    private final Trace trace = Trace.of(engine);
    private final TestSource source = TestSource.sized(10);

    private static Engine<Long, Long> engine() {
        return new Engine<>("train", (engine, batch) -> batch);
    }

    private State<Long, Long> run(long epochs) {
        return engine.run(source, RunLimit.epochs(epochs));
    }

    private String position() {
        return engine.state().epoch() + "," + engine.state().iteration();
    }

    @Test
    void interruptedRunsGoOnWhereTheyWere() {
        List<String> returned = new ArrayList<>();
        Registration interrupts = engine.on(Events.ITERATION_COMPLETED.every(6), e -> e.interrupt());
        engine.on(
                Events.ITERATION_STARTED,
                e -> assertThat(e.state().batch()).isEqualTo((e.state().iteration() - 1) % 10));

        for (int i = 0; i < 4; i++) {
            run(3);
            returned.add(position());
        }
        interrupts.remove();
        run(3);
        returned.add(position());

        assertThat(returned).containsExactly("1,6", "2,12", "2,18", "3,24", "3,30");
        assertThat(trace.count("ST")).isEqualTo(1);
        assertThat(trace.count("IN")).isEqualTo(4);
    }

    @Test
    void thePiecesOfAnInterruptedRunFireWhatAnUninterruptedOneFires() {
        run(3);
        String uninterrupted = trace.take();
        engine.on(Events.ITERATION_COMPLETED.every(6), e -> e.interrupt());

        engine.restart();
        do {
            run(3);
        } while (engine.isSuspended());

        assertThat(trace.text().replaceAll(" IN\\([^)]*\\)", "")).isEqualTo(uninterrupted);
    }

    @Test
    void anInterruptedRunThatIsGivenUpBeginsAnew() {
        engine.on(Events.ITERATION_COMPLETED.every(11), e -> e.interrupt());
        run(3);
        assertThat(position()).isEqualTo("2,11");
        trace.take();

        engine.restart();
        run(3);

        assertThat(trace.text()).startsWith("ST(0,0)");
        assertThat(position()).isEqualTo("2,11");
    }

    @Test
    void aFinishedRunGoesOnIfTheLimitIsHigherAndBeginsAnewIfItIsTheSame() {
        run(5);
        assertThat(trace.take()).startsWith("ST(0,0)").endsWith("CO(5,50)");
        run(7);
        assertThat(trace.take())
                .startsWith("ST(5,50) ES(6,50) GBS(6,50) GBC(6,50)")
                .endsWith("CO(7,70)");

        assertThatThrownBy(() -> run(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot run engine train to 4 epochs: it has run 7 already"
                        + " (expected >= 7, restart() begins anew)");
        assertThat(trace.text()).isEmpty();
        run(7);
        assertThat(trace.take()).startsWith("ST(0,0)").endsWith("CO(7,70)");

        engine.restart();
        run(5);
        assertThat(trace.take()).startsWith("ST(0,0)").endsWith("CO(5,50)");
        engine.restart();
        run(9);
        assertThat(trace.take()).startsWith("ST(0,0)").endsWith("CO(9,90)");
        run(10);
        assertThat(trace.take()).startsWith("ST(9,90)").endsWith("CO(10,100)");
    }

    static Stream<Arguments> positions() {
        return Stream.of(
                Arguments.of(Map.of("epoch", 2L, "maxEpochs", 5L, "epochLength", 100L), 2L, 200L),
                Arguments.of(Map.of("iteration", 150L, "maxIterations", 250L, "epochLength", 100L), 1L, 150L));
    }

    @ParameterizedTest
    @MethodSource("positions")
    void aStateDictMayGiveEpochOrIteration(Map<String, Long> dict, long epochs, long iteration) {
        engine.loadStateDict(StateDict.of(1, dict));

        assertThat(engine.progress().epochs()).isEqualTo(epochs);
        assertThat(engine.progress().iteration()).isEqualTo(iteration);
    }

    static Stream<Arguments> refusedStateDicts() {
        return Stream.of(
                Arguments.of(Map.of(), "neither iteration nor epoch is given"),
                Arguments.of(
                        Map.of("epoch", 1L, "maxEpochs", 3L, "maxIterations", 9L, "epochLength", 3L),
                        "both maxEpochs and maxIterations are given"),
                Arguments.of(
                        Map.of("epoch", 1L, "iteration", 3L, "maxEpochs", 3L, "epochLength", 3L),
                        "both iteration and epoch are given"),
                Arguments.of(
                        Map.of("epoch", 5L, "maxEpochs", 3L, "epochLength", 10L),
                        "the limit is 3 epochs (expected >= 5, which are finished)"),
                Arguments.of(
                        Map.of("iteration", 100L, "maxIterations", 50L, "epochLength", 10L),
                        "the limit is 50 iterations (expected >= 100, which are finished)"),
                Arguments.of(Map.of("iteration", 100L, "maxIterations", 500L), "epochLength is missing"),
                Arguments.of(
                        Map.of("iteration", 100L, "maxIterations", 500L, "epochLength", 0L),
                        "epochLength is 0 (expected > 0)"));
    }

    @ParameterizedTest
    @MethodSource("refusedStateDicts")
    void aContradictoryStateDictIsRefused(Map<String, Long> dict, String why) {
        assertThatThrownBy(() -> engine.loadStateDict(StateDict.of(1, dict)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot resume a run: " + why);
    }

    @Test
    void aStateDictWithoutAUsersValueIsRefused() {
        engine.state().put(ALPHA, 0.1);
        Map<String, Object> dict = Map.of("epoch", 2L, "maxEpochs", 5L, "epochLength", 100L);

        assertThatThrownBy(() -> engine.loadStateDict(StateDict.of(1, dict)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot restore state values: missing are [alpha], unknown are [] (expected [alpha], those with"
                                + " a saved key that were put into the state)");
    }

    @Test
    void aTerminatedRunThatIsSavedAndLoadedMakesExactlyTheRest() {
        engine.state().put(ALPHA, 0.25);
        engine.on(Events.ITERATION_COMPLETED.once(15), e -> e.terminate());
        engine.run(source, RunLimit.iterations(25));
        byte[] saved = engine.stateDict().toBytes();
        Engine<Long, Long> loaded = engine();
        loaded.state().put(ALPHA, 0.0);
        TestSource again = TestSource.sized(10);

        loaded.loadStateDict(StateDict.fromBytes(saved));
        loaded.run(again, RunLimit.iterations(25));

        assertThat(loaded.state().iteration()).isEqualTo(25);
        assertThat(loaded.state().epoch()).isEqualTo(3);
        assertThat(loaded.state().find(ALPHA)).contains(0.25);
        assertThat(loaded.eventCounts()).containsEntry("ITERATION_COMPLETED", 10L);
        assertThat(again.delivered)
                .containsExactlyElementsOf(
                        LongStream.of(5, 6, 7, 8, 9, 0, 1, 2, 3, 4).boxed().toList());
    }

    @Test
    void theStateAfterARunIsThatOfItsLastIteration() {
        Engine<Integer, Integer> three = new Engine<>("train", (e, batch) -> batch);

        State<Integer, Integer> state = three.run(BatchSource.of(List.of(1, 2, 3)), RunLimit.epochs(3));

        assertThat(state.iteration()).isEqualTo(9);
        assertThat(state.batch()).isEqualTo(3);
        assertThat(state.epoch()).isEqualTo(3);
        assertThat(state.metrics()).isEmpty();
    }

    @Test
    void aFailureLeavesTheRunEvenWithAnExceptionHandlerUnlikeInIgnite() {
        Engine<Long, Long> failing = new Engine<>("train", (e, batch) -> {
            if (e.state().iteration() == 2) {
                throw new IllegalArgumentException("shape mismatch");
            }
            return batch;
        });
        Trace failed = Trace.of(failing);
        int[] told = {0};
        failing.on(Events.EXCEPTION_RAISED, e -> told[0]++);

        assertThatThrownBy(() -> failing.run(TestSource.sized(3), RunLimit.epochs(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape mismatch");

        assertThat(told[0]).isEqualTo(1);
        assertThat(failed.text()).endsWith("IS(1,2) EX(1,2)");
    }

    @Test
    void aResumedRunReadsOnInTheMiddleUnlikeIgnitesPlainEngine() {
        Engine<Integer, Integer> resumed = new Engine<>("train", (e, batch) -> batch);
        List<Integer> read = new ArrayList<>();
        resumed.on(Events.ITERATION_COMPLETED, e -> read.add(e.state().output()));
        resumed.loadStateDict(StateDict.of(1, Map.of("iteration", 4L, "maxEpochs", 3L, "epochLength", 3L)));

        resumed.run(BatchSource.of(List.of(10, 11, 12)), RunLimit.epochs(3));

        assertThat(read).containsExactly(11, 12, 10, 11, 12);
    }

    @Test
    void aLoadedStateThatIsDoneTrainsNothingUnlikeInIgnite() {
        engine.loadStateDict(StateDict.of(1, Map.of("epoch", 5L, "maxEpochs", 5L, "epochLength", 10L)));

        run(5);

        assertThat(trace.text()).isEqualTo("ST(5,50) CO(5,50)");
    }
}
