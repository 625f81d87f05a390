package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Order and number of events are those of Ignite's engine (version 0.6.0), as its own tests assert them or as it was seen to
 * run: normal runs, passes over the data, termination, limits in iterations.
 */
class IgniteConformanceTest {
    private static Engine<Long, Long> engine() {
        return new Engine<>("train", (engine, batch) -> batch);
    }

    @Test
    void aNormalRunFiresIgnitesEventsInIgnitesOrder() {
        Engine<Integer, Integer> engine = new Engine<>("train", (e, batch) -> batch);
        Trace trace = Trace.of(engine);

        State<Integer, Integer> state = engine.run(BatchSource.of(List.of(10, 11, 12)), RunLimit.epochs(2));

        assertThat(trace.text())
                .isEqualTo("ST(0,0) ES(1,0) GBS(1,0) GBC(1,0) IS(1,1) IC(1,1) GBS(1,1) GBC(1,1) IS(1,2) IC(1,2)"
                        + " GBS(1,2) GBC(1,2) IS(1,3) IC(1,3) EC(1,3)"
                        + " ES(2,3) GBS(2,3) DSI(2,3) GBC(2,3) IS(2,4) IC(2,4) GBS(2,4) GBC(2,4) IS(2,5) IC(2,5)"
                        + " GBS(2,5) GBC(2,5) IS(2,6) IC(2,6) EC(2,6) CO(2,6)");
        assertThat(state).isSameAs(engine.state());
        assertThat(state.batch()).isEqualTo(12);
        assertThat(state.output()).isEqualTo(12);
        assertThat(engine.terminationReason()).isEmpty();
        assertThat(engine.lastEvent()).contains(Events.COMPLETED);
    }

    @Test
    void aRunWithoutDataFetchesNothing() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);

        engine.run(RunLimit.epochs(2).withEpochLength(2));

        assertThat(trace.names()).isEqualTo("ST ES IS IC IS IC EC ES IS IC IS IC EC CO");
        assertThat(engine.state().batch()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "SIZED, 10, 4, 10, 3",
        "SIZED, 100, 5, 100, 4",
        "SIZED, 100, 5, 50, 2",
        "SIZED, 100, 5, 150, 7",
        "NONE, 0, 5, 150, 0",
        "ENDLESS, 0, 5, 50, 0",
        "ENDLESS, 0, 5, 100, 0",
        "ENDLESS, 0, 5, 150, 0",
        "ONE_SHOT, 100, 1, 100, 0",
        "ONE_SHOT, 100, 10, 10, 0"
    })
    void aSourceIsReopenedOnlyWhenTheNextBatchIsWanted(
            String kind, long length, long epochs, long epochLength, long reopened) {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        RunLimit limit = RunLimit.epochs(epochs).withEpochLength(epochLength);

        if (kind.equals("NONE")) {
            engine.run(limit);
        } else {
            engine.run(source(kind, length), limit);
        }

        long iterations = epochs * epochLength;
        assertThat(trace.count("DSI")).isEqualTo(reopened);
        assertThat(trace.count("GBS")).isEqualTo(kind.equals("NONE") ? 0 : iterations);
        assertThat(trace.count("GBC")).isEqualTo(kind.equals("NONE") ? 0 : iterations);
        assertThat(trace.count("IS")).isEqualTo(iterations);
        assertThat(trace.count("IC")).isEqualTo(iterations);
        assertThat(trace.count("EC")).isEqualTo(epochs);
        assertThat(trace.count("ST")).isEqualTo(1);
        assertThat(trace.count("CO")).isEqualTo(1);
    }

    private static TestSource source(String kind, long length) {
        return switch (kind) {
            case "SIZED" -> TestSource.sized(length);
            case "ONE_SHOT" -> TestSource.oneShot(length);
            default -> TestSource.endless();
        };
    }

    static Stream<Arguments> terminations() {
        return Stream.of(
                Arguments.of(Events.STARTED, "ST(0,0)", "0,0"),
                Arguments.of(Events.EPOCH_STARTED.once(2), "ES(2,10)", "2,10"),
                Arguments.of(Events.EPOCH_COMPLETED.once(2), "EC(2,20)", "2,20"),
                Arguments.of(Events.GET_BATCH_STARTED.once(12), "GBS(2,12)", "2,12"),
                Arguments.of(Events.GET_BATCH_COMPLETED.once(12), "GBC(2,12)", "2,12"),
                Arguments.of(Events.ITERATION_STARTED.once(14), "IS(2,14)", "2,14"),
                Arguments.of(Events.ITERATION_COMPLETED.once(14), "IC(2,14)", "2,14"));
    }

    @ParameterizedTest
    @MethodSource("terminations")
    void terminateEndsTheTraceWithTheEventAndTerminateAndCompleted(EventSelector when, String event, String at) {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        engine.on(when, e -> e.terminate());

        engine.run(TestSource.sized(10), RunLimit.epochs(5));

        assertThat(trace.text()).endsWith(event + " TE(" + at + ") CO(" + at + ")");
        assertThat(trace.count("EX")).isZero();
    }

    @ParameterizedTest
    @MethodSource("terminations")
    void terminateWithoutCompletedEndsTheTraceWithTheEventAndTerminate(EventSelector when, String event, String at) {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);
        engine.on(when, e -> e.terminateWithoutCompleted("enough"));

        engine.run(TestSource.sized(10), RunLimit.epochs(5));

        assertThat(trace.text()).endsWith(event + " TE(" + at + ")");
        assertThat(trace.count("EX")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"8, 1, 8", "73, 4, 73"})
    void aLimitInIterationsEndsTheRunExactlyThere(long limit, long epochs, long iterations) {
        Engine<Long, Long> engine = engine();

        State<Long, Long> state = engine.run(TestSource.sized(20), RunLimit.iterations(limit));

        assertThat(state.iteration()).isEqualTo(iterations);
        assertThat(state.epoch()).isEqualTo(epochs);
        assertThat(state.maxIterations()).hasValue(limit);
    }

    @Test
    void aLimitInIterationsFillsEpochs() {
        Engine<Long, Long> withoutData = engine();
        Engine<Long, Long> withData = engine();

        withoutData.run(RunLimit.iterations(30).withEpochLength(10));
        withData.run(TestSource.sized(25), RunLimit.iterations(60));

        assertThat(withoutData.state().epoch()).isEqualTo(3);
        assertThat(withData.state().epoch()).isEqualTo(3);
        assertThat(withData.state().maxEpochs()).hasValue(3);
    }

    @Test
    void aLimitInIterationsReopensASourceOfUnknownLength() {
        Engine<Long, Long> engine = engine();

        engine.run(TestSource.unsized(5), RunLimit.iterations(7));

        assertThat(engine.state().iteration()).isEqualTo(7);
        assertThat(engine.state().maxEpochs()).hasValue(2);
    }

    @Test
    void aLimitInIterationsInsideTheFirstPassLeavesTheEpochLengthOpen() {
        Engine<Long, Long> engine = engine();

        engine.run(TestSource.oneShot(15), RunLimit.iterations(10));

        assertThat(engine.state().epochLength()).isEmpty();
        assertThat(engine.state().maxEpochs()).isEmpty();
    }

    @Test
    void aLimitInIterationsBeyondADrySourceEndsTheRun() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);

        engine.run(TestSource.oneShot(15), RunLimit.iterations(20));

        assertThat(engine.state().iteration()).isEqualTo(15);
        assertThat(engine.state().epochLength()).hasValue(15);
        assertThat(trace.text()).endsWith("EC(1,15) ES(2,15) GBS(2,15) DSI(2,15) EC(2,15) CO(2,15)");
    }

    @Test
    void aLimitInIterationsInsideAnEpochTerminatesAndTheNextRunTakesAFullEpoch() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);

        engine.run(TestSource.sized(3), RunLimit.iterations(4));
        assertThat(trace.take()).endsWith("IC(2,4) TE(2,4) CO(2,4)");
        assertThat(engine.terminationReason()).isEmpty();
        engine.run(TestSource.sized(3), RunLimit.iterations(8));

        assertThat(trace.text()).startsWith("ST(2,4) ES(3,4)").endsWith("TE(4,8) CO(4,8)");
    }
}
