package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricLoggingTest {
    private final Engine<Double, Double> engine = new Engine<>("trainer", (e, batch) -> batch);
    private final List<LoggedMetrics> logged = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private void run() {
        engine.run(BatchSource.of(List.of(0.5, 0.25, 123456.789)), RunLimit.epochs(2));
    }

    @Test
    void metricsAreLoggedAfterEachEpoch() {
        engine.on(
                Events.EPOCH_COMPLETED,
                e -> e.state().metrics().put("train.loss", 1.0 / e.state().epoch()));
        engine.attach(MetricLogging.ofEpochs(logged::add));
        run();

        assertThat(logged)
                .containsExactly(
                        new LoggedMetrics("trainer", 1, 3, Map.of("train.loss", 1.0)),
                        new LoggedMetrics("trainer", 2, 6, Map.of("train.loss", 0.5)));
    }

    @Test
    void outputsAreLoggedAtTheIterationsAskedFor() {
        engine.attach(new MetricLogging<>(
                Events.ITERATION_COMPLETED.every(2), state -> Map.of("loss", state.output()), logged::add));
        run();

        assertThat(logged)
                .containsExactly(
                        new LoggedMetrics("trainer", 1, 2, Map.of("loss", 0.25)),
                        new LoggedMetrics("trainer", 2, 4, Map.of("loss", 0.5)),
                        new LoggedMetrics("trainer", 2, 6, Map.of("loss", 123456.789)));
    }

    @Test
    void nothingIsLoggedWhereThereAreNoValues() {
        engine.attach(MetricLogging.ofEpochs(logged::add));
        run();

        assertThat(logged).isEmpty();
    }

    @Test
    void aLineHasWhereAndWhat() {
        engine.attach(new MetricLogging<>(
                Events.ITERATION_COMPLETED.after(2).before(5),
                state -> Map.of("loss", state.output()),
                new LineLogger(lines::add)));
        run();
        new LineLogger(lines::add).log(new LoggedMetrics("evaluator", 1, 7, Map.of("accuracy", Double.NaN)));

        assertThat(lines)
                .containsExactly(
                        "trainer: epoch 1, iteration 3: loss 1.2346e+05",
                        "trainer: epoch 2, iteration 4: loss 0.50000",
                        "evaluator: epoch 1, iteration 7: accuracy NaN");
    }

    @Test
    void theProgramsLogTakesLines() {
        LoggedMetrics metrics = new LoggedMetrics("trainer", 1, 1, Map.of("loss", 0.5));
        assertThatCode(() -> new LineLogger().log(metrics)).doesNotThrowAnyException();
    }
}
