package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Running again and resuming, beyond {@link IgniteRunConformanceTest}. */
class RunRulesTest {
    private final Engine<Long, Long> engine = engine();
    private final Trace trace = Trace.of(engine);
    private final TestSource source = TestSource.sized(10);

    private static Engine<Long, Long> engine() {
        return new Engine<>("train", (engine, batch) -> batch);
    }

    private State<Long, Long> run(long epochs) {
        return engine.run(source, RunLimit.epochs(epochs));
    }

    @Test
    void theSourceIsOpenedForEachEpochByItsNumber() {
        run(2);
        run(4);

        assertThat(source.opened)
                .containsExactly(new Position(1, 0), new Position(2, 0), new Position(3, 0), new Position(4, 0));
        assertThat(source.stillOpen()).isZero();
    }

    @Test
    void aTerminatedRunGoesOnWithAFullNextEpoch() {
        engine.on(Events.ITERATION_COMPLETED.once(14), e -> e.terminate());

        run(4);
        assertThat(trace.take()).endsWith("IC(2,14) TE(2,14) CO(2,14)");
        run(4);

        assertThat(trace.text())
                .startsWith("ST(2,14) ES(3,14)")
                .endsWith("CO(4,34)")
                .doesNotContain("TE");
        assertThat(source.opened.get(2)).isEqualTo(new Position(3, 0));
    }

    @Test
    void aRunTerminatedInItsLastEpochBeginsAnew() {
        engine.on(Events.ITERATION_COMPLETED.once(14), e -> e.terminate());

        run(2);
        trace.take();
        run(2);

        assertThat(trace.text()).startsWith("ST(0,0)");
    }

    @Test
    void theUnitOfTheLimitMayNotChange() {
        run(2);

        assertThatThrownBy(() -> engine.run(source, RunLimit.iterations(30)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot run engine train to 30 iterations: its run is limited to 2 epochs"
                        + " (expected the same unit, restart() begins anew)");
        engine.restart();
        assertThat(engine.run(source, RunLimit.iterations(30)).iteration()).isEqualTo(30);
    }

    @Test
    void theEpochLengthMayNotChange() {
        run(2);

        assertThatThrownBy(() -> engine.run(TestSource.sized(12), RunLimit.epochs(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot run engine train to 3 epochs: an epoch would have 12 iterations and had 10 so far"
                        + " (expected the same, RunLimit.withEpochLength(10) keeps it, restart() begins anew)");
        engine.run(TestSource.sized(12), RunLimit.epochs(3).withEpochLength(10));
        assertThat(engine.state().iteration()).isEqualTo(30);
    }

    @Test
    void anExplicitEpochLengthStaysForTheNextRun() {
        engine.run(source, RunLimit.epochs(2).withEpochLength(4));
        run(3);

        assertThat(engine.state().iteration()).isEqualTo(12);
    }

    @Test
    void aRunThatBeginsAnewForgetsMetricsAndADiscoveredEpochLength() {
        engine.on(Events.COMPLETED, e -> e.state().metrics().put("loss", 0.5));
        engine.run(TestSource.unsized(3), RunLimit.epochs(1));
        assertThat(engine.state().metrics()).containsEntry("loss", 0.5);
        engine.on(Events.STARTED, e -> assertThat(e.state().metrics()).isEmpty());

        engine.run(TestSource.unsized(5), RunLimit.epochs(1));

        assertThat(engine.state().iteration()).isEqualTo(5);
    }

    @Test
    void resumingInsideAnEpochReadsOnlyWhatIsLeft() {
        engine.resumeAt(Progress.atIteration(4, 3, RunLimit.epochs(3)));
        TestSource three = TestSource.sized(3);

        engine.run(three, RunLimit.epochs(3));

        assertThat(trace.text())
                .startsWith("ST(1,4) ES(2,4) GBS(2,4) GBC(2,4) IS(2,5)")
                .contains("EC(2,6) ES(3,6) GBS(3,6) DSI(3,6) GBC(3,6)")
                .endsWith("CO(3,9)");
        assertThat(three.delivered).containsExactly(1L, 2L, 0L, 1L, 2L);
        assertThat(three.opened).containsExactly(new Position(2, 1), new Position(3, 0));
    }

    /** Wherever a run is cut and whatever its epochs are made of, the pieces deliver what the whole would have. */
    @ParameterizedTest
    @ValueSource(strings = {"sized", "unsized", "cut", "long"})
    void cutAndResumedRunsDeliverTheBatchesOfAnUncutOne(String kind) {
        List<Long> whole = resumedEvery(kind, Long.MAX_VALUE);

        assertThat(LongStream.rangeClosed(1, 30).boxed())
                .allSatisfy(cut -> assertThat(resumedEvery(kind, cut)).isEqualTo(whole));
    }

    private static List<Long> resumedEvery(String kind, long cut) {
        TestSource data = kind.equals("unsized") ? TestSource.unsized(7) : TestSource.sized(7);
        RunLimit limit = RunLimit.epochs(4);
        if (kind.equals("cut") || kind.equals("long")) {
            limit = limit.withEpochLength(kind.equals("cut") ? 5 : 9);
        }
        Progress progress = null;
        boolean terminated;
        do {
            Engine<Long, Long> piece = engine();
            piece.on(Events.ITERATION_COMPLETED.every(Math.min(cut, 1000)), e -> e.terminate());
            if (progress != null) {
                piece.resumeAt(Progress.fromMap(progress.toMap()));
            }
            piece.run(data, limit);
            progress = piece.progress();
            terminated = piece.terminationReason().isPresent();
        } while (terminated);
        assertThat(progress.epochs()).isEqualTo(4);
        assertThat(data.stillOpen()).isZero();
        return data.delivered;
    }

    @Test
    void aBatchThatWasFetchedAndNotProcessedIsReadAgain() {
        Registration stop = engine.on(Events.ITERATION_STARTED.once(14), e -> e.terminate());
        run(3);
        stop.remove();

        Progress progress = engine.progress();
        assertThat(progress.iteration()).isEqualTo(13);
        assertThat(progress.epochs()).isEqualTo(1);
        assertThat(progress.epochIteration()).isEqualTo(3);
        assertThat(progress.data()).contains(new Position(2, 3));

        engine.resumeAt(progress);
        trace.take();
        run(3);
        assertThat(trace.text())
                .startsWith("ST(1,13) ES(2,13) GBS(2,13) GBC(2,13) IS(2,14)")
                .endsWith("CO(3,30)");
    }

    @Test
    void anEpochWhoseEndWasNotToldIsEndedOnResume() {
        engine.on(Events.ITERATION_COMPLETED.once(10), e -> e.terminate());
        run(2);
        engine.resumeAt(engine.progress());
        trace.take();

        run(2);

        assertThat(trace.text())
                .startsWith("ST(0,10) ES(1,10) EC(1,10) ES(2,10) GBS(2,10)")
                .endsWith("CO(2,20)");
    }

    @Test
    void progressInEpochCompletedResumesWithTheNextEpoch() {
        Progress[] saved = new Progress[1];
        engine.on(Events.EPOCH_COMPLETED.once(2), e -> saved[0] = e.progress());
        run(3);

        assertThat(saved[0].epochs()).isEqualTo(2);
        assertThat(saved[0].epochIteration()).isZero();
        engine.resumeAt(saved[0]);
        trace.take();
        run(3);
        assertThat(trace.text())
                .startsWith("ST(2,20) ES(3,20) GBS(3,20) GBC(3,20)")
                .endsWith("CO(3,30)");
    }

    @Test
    void anEpochThatWasCutShortKeepsItsNumberAcrossAResume() {
        Progress[] saved = new Progress[1];
        engine.on(Events.ITERATION_COMPLETED.once(14), e -> e.terminateEpoch());
        engine.on(Events.ITERATION_COMPLETED.once(16), e -> saved[0] = e.progress());
        run(3);

        engine.resumeAt(saved[0]);
        trace.take();
        run(3);

        assertThat(trace.text()).startsWith("ST(2,16) ES(3,16)").endsWith("CO(3,24)");
        assertThat(source.opened).endsWith(new Position(3, 0), new Position(3, 2));
    }

    @Test
    void aRunWithoutDataResumesInsideAnEpoch() {
        engine.resumeAt(Progress.atIteration(5, 4, RunLimit.epochs(2)));

        engine.run(RunLimit.epochs(2).withEpochLength(4));

        assertThat(trace.names()).isEqualTo("ST ES IS IC IS IC IS IC EC CO");
        assertThat(engine.progress().data()).isEmpty();
    }

    @Test
    void resumingAFinishedRunTrainsNothing() {
        engine.resumeAt(Progress.atEpoch(3, 10, RunLimit.epochs(3)));

        run(3);

        assertThat(trace.text()).isEqualTo("ST(3,30) CO(3,30)");
        assertThat(source.opened).isEmpty();
    }

    @Test
    void resumingUnderAnImpossibleLimitIsRefusedAndCanBeRepaired() {
        engine.resumeAt(Progress.atEpoch(3, 10, RunLimit.epochs(5)));

        assertThatThrownBy(() -> run(2))
                .hasMessage("Cannot run engine train to 2 epochs: it has run 3 already"
                        + " (expected >= 3, restart() begins anew)");
        assertThatThrownBy(() -> engine.run(TestSource.sized(9), RunLimit.epochs(5)))
                .hasMessageStartingWith(
                        "Cannot run engine train to 5 epochs: an epoch would have 9 iterations and had" + " 10 so far");
        run(4);
        assertThat(trace.text()).startsWith("ST(3,30)").endsWith("CO(4,40)");
    }
}
