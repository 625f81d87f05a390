package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Event;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Registration;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.engine.metric.set.MetricSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EngineMetricsTest {
    private static final List<Double> OUTPUTS = List.of(1.0, 2.0, 3.0);

    /** Outputs 1, 2, 3 in two epochs, as PyTorch Ignite 0.6 gave them. */
    static Stream<Arguments> usages() {
        return Stream.of(
                Arguments.of(
                        MetricUsage.EPOCH_WISE,
                        Events.EPOCH_COMPLETED,
                        List.of(List.of(1.0, 2.0, 3.0), List.of(1.0, 2.0, 3.0))),
                Arguments.of(
                        MetricUsage.RUNNING_EPOCH_WISE,
                        Events.EPOCH_COMPLETED,
                        List.of(List.of(3.0), List.of(3.0, 3.0))),
                Arguments.of(
                        MetricUsage.BATCH_WISE,
                        Events.ITERATION_COMPLETED,
                        List.of(List.of(1.0), List.of(2.0), List.of(3.0), List.of(1.0), List.of(2.0), List.of(3.0))),
                Arguments.of(
                        MetricUsage.RUNNING_BATCH_WISE,
                        Events.ITERATION_COMPLETED,
                        List.of(
                                List.of(1.0),
                                List.of(1.0, 2.0),
                                List.of(1.0, 2.0, 3.0),
                                List.of(1.0, 2.0, 3.0, 1.0),
                                List.of(1.0, 2.0, 3.0, 1.0, 2.0),
                                List.of(1.0, 2.0, 3.0, 1.0, 2.0, 3.0))),
                Arguments.of(
                        MetricUsage.SINGLE_EPOCH_RUNNING_BATCH_WISE,
                        Events.ITERATION_COMPLETED,
                        List.of(
                                List.of(1.0),
                                List.of(1.0, 2.0),
                                List.of(1.0, 2.0, 3.0),
                                List.of(1.0),
                                List.of(1.0, 2.0),
                                List.of(1.0, 2.0, 3.0))),
                Arguments.of(
                        MetricUsage.batchFiltered(Events.ITERATION_COMPLETED.every(2)),
                        Events.EPOCH_COMPLETED,
                        List.of(List.of(2.0), List.of(1.0, 3.0))),
                Arguments.of(
                        MetricUsage.batchFiltered(Events.ITERATION_COMPLETED.once(1, 5)),
                        Events.EPOCH_COMPLETED,
                        List.of(List.of(1.0), List.of(2.0))),
                Arguments.of(
                        MetricUsage.batchFiltered((engine, iteration) -> iteration > 4),
                        Events.EPOCH_COMPLETED,
                        List.of(List.of(Double.NaN), List.of(2.0, 3.0))));
    }

    @ParameterizedTest
    @MethodSource("usages")
    void usageIsThatOfIgnite(MetricUsage usage, Event event, List<List<Double>> expected) {
        Engine<Double, Double> engine = engine();
        engine.attach(EngineMetrics.of("list", new ListMetric(), usage, EngineMetricsTest::input));
        List<List<Double>> seen = new ArrayList<>();
        engine.on(event, e -> seen.add(new ArrayList<>(e.state().metrics().values())));
        engine.run(BatchSource.of(OUTPUTS), RunLimit.epochs(2));
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void metricIsResetUpdatedAndComputedAsOftenAsInIgnite() {
        ListMetric metric = new ListMetric();
        Engine<Double, Double> engine = engine();
        engine.attach(EngineMetrics.of("m", metric, MetricUsage.EPOCH_WISE, EngineMetricsTest::input));
        engine.run(BatchSource.of(Stream.iterate(0.0, i -> i + 1).limit(10).toList()), RunLimit.epochs(5));
        assertThat(metric.resets()).isEqualTo(5);
        assertThat(metric.updates()).isEqualTo(50);
        assertThat(metric.computed()).isEqualTo(5);
    }

    @Test
    void metricUnderTwoNamesIsUpdatedAndComputedOnce() {
        ListMetric metric = new ListMetric();
        MetricSet set = MetricSet.of(Map.of("m", metric), List.of("a=m", "b=m"));
        Engine<Double, Double> engine = engine();
        engine.attach(new EngineMetrics<>(set, MetricUsage.EPOCH_WISE, EngineMetricsTest::input));
        engine.run(BatchSource.of(OUTPUTS), RunLimit.epochs(2));
        assertThat(engine.state().metrics()).containsKeys("a[2]", "b[2]");
        assertThat(metric.updates()).isEqualTo(6);
        assertThat(metric.computed()).isEqualTo(2);
    }

    @Test
    void formulaIsWrittenWithoutItsOperandsAndTakenOffWithThem() {
        Engine<Double, Double> engine = engine();
        EngineMetrics<Double, Double> metrics =
                new EngineMetrics<>(MetricSet.of("f=2*loss"), MetricUsage.EPOCH_WISE, EngineMetricsTest::input);
        Registration attached = engine.attach(metrics);
        engine.run(BatchSource.of(OUTPUTS), RunLimit.epochs(1));
        assertThat(engine.state().metrics()).containsExactly(Map.entry("f", 4.0));
        attached.remove();
        engine.restart();
        engine.run(BatchSource.of(List.of(7.0)), RunLimit.epochs(1));
        assertThat(metrics.results().flatten()).containsExactly(Map.entry("f", 4.0));
    }

    @Test
    void runThatIsResumedInsideAnEpochHasTheValuesOfTheWholeEpoch() {
        Engine<Double, Double> first = engine();
        first.attach(epochMean());
        first.on(Events.ITERATION_COMPLETED.once(5), Engine::interrupt);
        first.run(BatchSource.of(OUTPUTS), RunLimit.epochs(2));
        Engine<Double, Double> second = engine();
        second.attach(epochMean());
        second.resumeAt(first.progress());
        second.restoreHandlers(first.handlerStates());
        second.run(BatchSource.of(OUTPUTS), RunLimit.epochs(2));
        // Batch 2 of epoch 2 was the last before: 1 and 2 are there already; what comes then is up to the source.
        assertThat(second.state().metrics().get("count[0]")).isEqualTo(1.0);
        assertThat(second.state().metrics().get("count[1]")).isEqualTo(2.0);
        assertThat(second.state().metrics()).containsKey("count[2]").doesNotContainKey("count[3]");
    }

    private static EngineMetrics<Double, Double> epochMean() {
        return EngineMetrics.of("count", new ListMetric(), MetricUsage.EPOCH_WISE, EngineMetricsTest::input);
    }

    @Test
    void stateOfOtherMetricsIsRefused() {
        EngineMetrics<Double, Double> saved =
                new EngineMetrics<>(MetricSet.of("loss"), MetricUsage.EPOCH_WISE, EngineMetricsTest::input);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> epochMean().restore(saved.state()))
                .withMessage("Cannot read the state: it has [loss] (expected [list])");
    }

    /** 1, then 0.5 * 1 + 0.5 * 2, then 0.5 * 1.5 + 0.5 * 3, and so on. */
    @Test
    void runningAverageForgets() {
        assertThat(averages(new RunningAverage<>("r", 0.5, false, output -> output)))
                .containsExactly(1.0, 1.5, 2.25, 1.625, 1.8125, 2.40625);
        assertThat(averages(new RunningAverage<>("r", 0.5, true, output -> output)))
                .containsExactly(1.0, 1.5, 2.25, 1.0, 1.5, 2.25);
        Metric<?> loss = Metrics.of("loss");
        assertThat(averages(RunningAverage.of("r", 0.5, false, loss, EngineMetricsTest::input)))
                .containsExactly(1.0, 1.5, 2.25, 1.625, 1.8125, 2.40625);
    }

    @Test
    void runningAverageGoesOnFromItsState() {
        RunningAverage<Double, Double> before = new RunningAverage<>("r", 0.5, false, output -> output);
        averages(before);
        RunningAverage<Double, Double> after = new RunningAverage<>("r", 0.5, false, output -> output);
        after.restore(before.state());
        assertThat(after.state()).isEqualTo(before.state());
    }

    @Test
    void alphaOutOfRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunningAverage<Double, Double>("r", 0, false, output -> output))
                .withMessage("Invalid alpha: 0.0 (must be in (0, 1])");
    }

    private static List<Double> averages(RunningAverage<Double, Double> average) {
        Engine<Double, Double> engine = engine();
        engine.attach(average);
        List<Double> seen = new ArrayList<>();
        engine.on(Events.ITERATION_COMPLETED, e -> seen.add(e.state().metrics().get("r")));
        engine.run(BatchSource.of(OUTPUTS), RunLimit.epochs(2));
        return seen;
    }

    private static Engine<Double, Double> engine() {
        return new Engine<>("test", (engine, batch) -> batch);
    }

    private static MetricInput input(double output) {
        return new MetricInput().begin(1).losses(new double[] {output});
    }
}
