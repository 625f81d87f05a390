package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What {@link IgniteConformanceTest} leaves open. */
class EngineTest {
    private static Engine<Long, Long> engine() {
        return new Engine<>("train", (engine, batch) -> batch);
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

    @Test
    void aLimitInIterationsAtTheEndOfAnEpochIsNoTermination() {
        Engine<Long, Long> engine = engine();
        Trace trace = Trace.of(engine);

        engine.run(TestSource.sized(3), RunLimit.iterations(6));

        assertThat(trace.text()).endsWith("IC(2,6) EC(2,6) CO(2,6)").doesNotContain("TE");
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
