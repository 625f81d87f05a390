package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traces and counts are those of Ignite's engine, run or asserted by its tests; see {@link Events}. */
class EngineTest {
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

    @Test
    void theFirstPassOfUnknownLengthShowsTheEpochLength() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);

        engine.run(TestSource.unsized(3), RunLimit.epochs(2));

        assertThat(trace.text())
                .startsWith("ST(0,0) ES(1,0) GBS(1,0)")
                .contains("IC(1,3) GBS(1,3) EC(1,3) ES(2,3) GBS(2,3) DSI(2,3) GBC(2,3) IS(2,4)")
                .endsWith("IC(2,6) EC(2,6) CO(2,6)");
        assertThat(engine.state().epochLength()).hasValue(3);
    }

    @Test
    void aSourceThatStaysDryMakesShortEpochs() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);

        engine.run(TestSource.oneShot(3), RunLimit.epochs(3).withEpochLength(2));

        assertThat(trace.text())
                .endsWith("IC(2,3) GBS(2,3) DSI(2,3) EC(2,3) ES(3,3) GBS(3,3) DSI(3,3) EC(3,3) CO(3,3)");
        assertThat(trace.count("EC")).isEqualTo(3);
    }

    @Test
    void anEpochLongerThanADrySourceIsShort() {
        Engine<Long, Long> engine = engine();

        engine.run(TestSource.oneShot(3), RunLimit.epochs(1).withEpochLength(5));

        assertThat(engine.state().iteration()).isEqualTo(3);
    }

    @Test
    void anEmptySourceOfUnknownLengthCompletes() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);

        engine.run(TestSource.unsized(0), RunLimit.epochs(4));

        assertThat(trace.names()).isEqualTo("ST ES GBS EC CO");
        assertThat(engine.state().epochLength()).hasValue(0);
        assertThat(engine.progress().iteration()).isZero();
    }

    @Test
    void anEmptySourceOfKnownLengthIsRefused() {
        Engine<Long, Long> engine = engine();

        assertThatThrownBy(() -> engine.run(TestSource.sized(0), RunLimit.epochs(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot run engine train: the source is empty (0 batches, expected > 0)");
    }

    @Test
    void aRunWithoutDataNeedsAnEpochLength() {
        assertThatThrownBy(() -> engine().run(RunLimit.epochs(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot run engine train without data: the limit has no epoch length"
                        + " (expected RunLimit.withEpochLength)");
    }

    @Test
    void batchAndOutputAreReleasedBeforeTheNextBatchIsFetched() {
        Engine<Long, Long> engine = engine();
        engine.on(Events.GET_BATCH_STARTED, e -> assertThat(e.state().batch()).isNull());
        engine.on(Events.ITERATION_STARTED, e -> {
            assertThat(e.state().batch()).isNotNull();
            assertThat(e.state().output()).isNull();
        });
        engine.on(
                Events.EPOCH_COMPLETED.or(Events.COMPLETED),
                e -> assertThat(e.state().output()).isEqualTo(2));

        engine.run(TestSource.sized(3), RunLimit.epochs(2));

        assertThat(engine.eventCounts()).containsEntry("ITERATION_COMPLETED", 6L);
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
    void aLimitInIterationsAtTheEndOfAnEpochIsNoTermination() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);

        engine.run(TestSource.sized(3), RunLimit.iterations(6));

        assertThat(trace.text()).endsWith("IC(2,6) EC(2,6) CO(2,6)").doesNotContain("TE");
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

    @Test
    void timesExcludeTheHandlersThatReadThem() {
        Engine<Long, Long> engine = engine();
        double[] seen = new double[2];
        engine.on(Events.EPOCH_COMPLETED, e -> {
            seen[0] = e.state().epochSeconds();
            busyFor(2_000_000);
        });
        engine.on(Events.COMPLETED, e -> {
            seen[1] = e.state().runSeconds();
            busyFor(2_000_000);
        });
        engine.on(Events.ITERATION_COMPLETED, e -> busyFor(1_000_000));

        engine.run(TestSource.sized(2), RunLimit.epochs(1));

        assertThat(seen[0]).isGreaterThanOrEqualTo(0.002);
        assertThat(engine.state().epochSeconds()).isGreaterThanOrEqualTo(seen[0] + 0.002);
        assertThat(seen[1]).isGreaterThanOrEqualTo(engine.state().epochSeconds());
        assertThat(engine.state().runSeconds()).isGreaterThanOrEqualTo(seen[1] + 0.002);
        assertThat(engine.handlerNanos())
                .isBetween(6_000_000L, (long) (engine.state().runSeconds() * 1e9));
    }

    private static void busyFor(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    @Test
    void countsAreThoseOfTheLastRun() {
        Engine<Long, Long> engine = engine();

        engine.run(TestSource.sized(2), RunLimit.epochs(1));
        engine.run(TestSource.sized(2), RunLimit.epochs(2));

        assertThat(engine.eventCounts())
                .containsOnlyKeys(
                        "STARTED",
                        "EPOCH_STARTED",
                        "GET_BATCH_STARTED",
                        "GET_BATCH_COMPLETED",
                        "ITERATION_STARTED",
                        "ITERATION_COMPLETED",
                        "EPOCH_COMPLETED",
                        "COMPLETED")
                .containsEntry("ITERATION_COMPLETED", 2L)
                .containsEntry("STARTED", 1L);
    }

    @Test
    void anEngineNeedsANameAndAProcessFunction() {
        assertThatThrownBy(() -> new Engine<Long, Long>(" ", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot create an engine: name is  , process function is null (expected both)");
    }

    @Test
    void anEngineIsNotReentrant() {
        Engine<Long, Long> engine = engine();
        engine.on(Events.EPOCH_STARTED, e -> e.run(TestSource.sized(1), RunLimit.epochs(9)));

        assertThatThrownBy(() -> engine.run(TestSource.sized(2), RunLimit.epochs(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot run engine train: it is running (at EPOCH_STARTED, expected idle)");
        assertThat(engine.state().maxEpochs()).hasValue(1);
    }

    @Test
    void aHandlerMayRunAnotherEngine() {
        Engine<Long, Long> evaluator = new Engine<>("evaluate", (e, batch) -> batch);
        Engine<Long, Long> engine = engine();
        engine.on(Events.EPOCH_COMPLETED, e -> evaluator.run(TestSource.sized(4), RunLimit.epochs(1)));
        Trace trace = Trace.of(evaluator);

        engine.run(TestSource.sized(2), RunLimit.epochs(3));

        assertThat(trace.count("IC")).isEqualTo(12);
        assertThat(trace.count("CO")).isEqualTo(3);
        assertThat(evaluator.state().iteration()).isEqualTo(4);
    }
}
