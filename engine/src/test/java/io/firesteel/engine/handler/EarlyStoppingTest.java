package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.handler.EarlyStoppingOptions.Baseline;
import io.firesteel.engine.handler.EarlyStoppingOptions.Nan;
import io.firesteel.engine.schedule.ReducePlateau.Measure;
import io.firesteel.engine.schedule.ReducePlateau.Mode;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EarlyStoppingTest {
    private static final String LOSS = "validation.loss";
    private static final double NAN = Double.NaN;
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final EarlyStoppingOptions MIN = EarlyStoppingOptions.of(LOSS, Mode.MIN, 2);
    private static final EarlyStoppingOptions MAX = EarlyStoppingOptions.of(LOSS, Mode.MAX, 2);
    private static final EarlyStoppingOptions FAR = MIN.withMinDelta(0.5, Measure.ABSOLUTE);

    /** A trainer whose metric takes these values, epoch after epoch. */
    private static Engine<Void, Void> trainer(double... values) {
        Engine<Void, Void> trainer = new Engine<>("trainer", (engine, batch) -> null);
        trainer.on(
                Events.EPOCH_COMPLETED,
                1000,
                "metrics",
                e -> e.state()
                        .metrics()
                        .put(LOSS, values[Math.toIntExact(e.state().epoch()) - 1]));
        return trainer;
    }

    private static RunLimit epochs(long count) {
        return RunLimit.epochs(count).withEpochLength(2);
    }

    private static double[] of(double... values) {
        return values;
    }

    /** Worked out by hand. */
    static Stream<Arguments> runs() {
        return Stream.of(
                Arguments.of("improves always", MIN, of(5, 4, 3, 2, 1), 5),
                Arguments.of("first value is recorded only", MIN, of(1, 1, 1, 0), 3),
                Arguments.of("equal is no improvement", MIN, of(3, 2, 2, 2, 1), 4),
                Arguments.of("an improvement begins the count anew", MIN, of(3, 4, 2, 4, 1, 4, 4), 7),
                Arguments.of("higher is better", MAX, of(1, 2, 1.5, 3, 2, 2.5, 9), 6),
                Arguments.of("small steps from the best", FAR, of(3, 2.7, 2.4, 2.1, 1), 3),
                Arguments.of("distance itself isn't enough", FAR, of(3, 2.5, 2, 1), 3),
                Arguments.of(
                        "small steps add up",
                        FAR.withBaseline(Baseline.LAST_IMPROVEMENT),
                        of(3, 2.7, 2.4, 2.1, 1.8, 1.8, 1.8),
                        7),
                Arguments.of("share", MIN.withMinDelta(0.1, Measure.RELATIVE), of(10, 8.9, 8.2, 8.0, 7), 4),
                Arguments.of(
                        "share of a negative best", MAX.withMinDelta(0.1, Measure.RELATIVE), of(-10, -10.5, -9.5), 3),
                Arguments.of("NaN is no improvement", MIN, of(3, NAN, 2, NAN, NAN, 1), 5),
                Arguments.of("NaN first", MIN, of(NAN, 3, 2, 1), 4),
                Arguments.of("NaN throughout", MIN, of(NAN, NAN, NAN), 2),
                Arguments.of("NaN stops", MIN.withNan(Nan.STOP), of(3, NAN, 2), 2),
                Arguments.of("infinity first", MIN.withMinDelta(0.1, Measure.RELATIVE), of(INFINITY, 9, 1), 3),
                Arguments.of("infinity is never improved on", MAX, of(INFINITY, 9, INFINITY, 10), 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void runsEndAfterTheEpochWorkedOut(String name, EarlyStoppingOptions options, double[] values, long end) {
        Engine<Void, Void> trainer = trainer(values);
        trainer.attach(new EarlyStopping<>(options));

        trainer.run(epochs(values.length));

        assertThat(trainer.state().epoch()).isEqualTo(end);
        assertThat(trainer.state().iteration()).isEqualTo(2 * end);
    }

    @Test
    void theReasonNamesMetricValueBestAndPatience() {
        Engine<Void, Void> trainer = trainer(0.5, 0.25, 0.75, 0.5);
        trainer.attach(new EarlyStopping<>(MIN));
        trainer.run(epochs(4));
        assertThat(trainer.terminationReason())
                .contains(
                        "early stopping: validation.loss is 0.5 (best 0.25, 2 epochs without improvement, patience 2)");

        Engine<Void, Void> diverged = trainer(NAN);
        diverged.attach(new EarlyStopping<>(MIN.withNan(Nan.STOP)));
        diverged.run(epochs(1));
        assertThat(diverged.terminationReason())
                .contains("early stopping: validation.loss is NaN (best none, patience 2)");
    }

    @Test
    void aRunRestoredAtAnyEpochStopsWhereTheUninterruptedOneDoes() {
        Random random = new Random(17);
        for (int round = 0; round < 200; round++) {
            double[] values = random.doubles(12).map(x -> x < 0.1 ? NAN : x).toArray();
            EarlyStoppingOptions options = new EarlyStoppingOptions(
                    LOSS,
                    random.nextBoolean() ? Mode.MIN : Mode.MAX,
                    1 + random.nextInt(4),
                    random.nextInt(3) * 0.1,
                    random.nextBoolean() ? Measure.ABSOLUTE : Measure.RELATIVE,
                    random.nextBoolean() ? Baseline.BEST : Baseline.LAST_IMPROVEMENT,
                    Nan.NO_IMPROVEMENT);
            Engine<Void, Void> whole = trainer(values);
            whole.attach(new EarlyStopping<>(options));
            whole.run(epochs(values.length));

            Engine<Void, Void> before = trainer(values);
            before.attach(new EarlyStopping<>(options));
            int last = Math.toIntExact(whole.state().iteration());
            before.on(Events.ITERATION_COMPLETED.once(1 + random.nextInt(last - 1)), Engine::interrupt);
            before.run(epochs(values.length));
            Engine<Void, Void> after = trainer(values);
            after.attach(new EarlyStopping<>(options));
            after.restoreHandlers(before.handlerStates());
            after.resumeAt(before.progress());
            after.run(epochs(values.length));

            assertThat(after.state().iteration()).isEqualTo(whole.state().iteration());
            assertThat(after.terminationReason()).isEqualTo(whole.terminationReason());
            assertThat(after.handlerStates()).isEqualTo(whole.handlerStates());
        }
    }

    @Test
    void aSecondRunFromTheBeginningBeginsTheCountAnew() {
        Engine<Void, Void> trainer = trainer(1, 2, 3);
        EarlyStopping<Void, Void> stopping = new EarlyStopping<>(MIN);
        trainer.attach(stopping);
        trainer.run(epochs(3));
        trainer.restart();
        trainer.run(epochs(2));

        assertThat(trainer.terminationReason()).isEmpty();
        assertThat(stopping.withoutImprovement()).isEqualTo(1);
        assertThat(stopping.best()).isEqualTo(1);
    }

    @Test
    void aMetricThatIsNotThereEndsTheRun() {
        Engine<Void, Void> trainer = new Engine<>("trainer", (engine, batch) -> null);
        trainer.state().metrics().put("train.loss", 1.0);
        trainer.on(Events.STARTED, e -> e.state().metrics().put("train.loss", 1.0));
        trainer.attach(new EarlyStopping<>(MIN));

        assertThatThrownBy(() -> trainer.run(epochs(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot watch metric validation.loss of engine trainer: there is none (it has [train.loss],"
                        + " expected it there at EPOCH_COMPLETED before priority 0)");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EarlyStoppingOptions.of(" ", Mode.MIN, 1))
                .withMessage("Invalid metric:   (must not be blank)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EarlyStoppingOptions.of(LOSS, Mode.MIN, 0))
                .withMessage("Invalid patience: 0 (must be > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MIN.withMinDelta(-1, Measure.ABSOLUTE))
                .withMessage("Invalid minDelta: -1.0 (must be a finite number >= 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MIN.withMinDelta(NAN, Measure.ABSOLUTE))
                .withMessage("Invalid minDelta: NaN (must be a finite number >= 0)");
    }

    @Test
    void aStateThatIsNoneIsRefused() {
        EarlyStopping<Void, Void> stopping = new EarlyStopping<>(MIN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stopping.restore(StateDict.builder(1)
                        .put("best", 1.0)
                        .put("withoutImprovement", -1)
                        .build()))
                .withMessage("Invalid withoutImprovement: -1 (must be >= 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stopping.restore(StateDict.builder(2).build()))
                .withMessage("Cannot read the state: its version is 2 (expected 1)");
    }
}
