package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.firesteel.engine.handler.Buffers;
import io.firesteel.engine.handler.EarlyStoppingOptions;
import io.firesteel.engine.handler.EarlyStoppingOptions.Baseline;
import io.firesteel.engine.handler.EarlyStoppingOptions.Nan;
import io.firesteel.engine.handler.EmaOptions;
import io.firesteel.engine.handler.LearningRateFinderOptions;
import io.firesteel.engine.handler.LearningRateFinderOptions.Ramp;
import io.firesteel.engine.handler.SwaOptions;
import io.firesteel.engine.optim.HyperparameterPlateau;
import io.firesteel.engine.optim.Tunable;
import io.firesteel.engine.schedule.ReducePlateau;
import io.firesteel.engine.schedule.ReducePlateau.Measure;
import io.firesteel.engine.schedule.ReducePlateau.Mode;
import io.firesteel.engine.train.BestCheckpoints;
import io.firesteel.engine.train.HandlerOptions;
import io.firesteel.engine.train.HandlerOptions.Watching;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code handlers}, and what else watches a metric. */
class HandlerSectionTest {
    private static final String VALIDATED =
            Jobs.MINIMAL.replace("path: digits.csv}", "path: digits.csv, validation: {fraction: 0.2}}")
                    + "metrics: [loss, accuracy]\n";

    @Test
    void jobWithoutHandlersHasNone() {
        assertThat(Jobs.parse(Jobs.MINIMAL).handlers()).isEqualTo(HandlerOptions.NONE);
        assertThat(JobFile.toYaml(Jobs.parse(Jobs.MINIMAL))).doesNotContain("handlers");
    }

    @Test
    void defaultsAreThoseOfTheReference() {
        HandlerOptions handlers = Jobs.parse(
                        Jobs.MINIMAL + "handlers: {earlyStopping: {metric: train.loss, patience: 3}, ema: {}}")
                .handlers();
        assertThat(handlers)
                .isEqualTo(new HandlerOptions(
                        List.of(EarlyStoppingOptions.of("train.loss", Mode.MIN, 3)),
                        null,
                        false,
                        EmaOptions.of(0.0002)));
    }

    @Test
    void everyKeyIsRead() {
        HandlerOptions handlers = Jobs.parse(VALIDATED + """
                        handlers:
                          earlyStopping:
                            - {metric: validation.accuracy, mode: max, patience: 2, minDelta: 0.5, measure: relative}
                            - {metric: train.loss, patience: 4, baseline: lastImprovement, nan: stop}
                          timeLimit: 90.5
                          terminateOnNan: true
                          ema: {momentum: 0.5, warmupMomentum: 0.9, warmupUpdates: 7, everyIterations: 2, buffers: averaged}
                          profiler: true
                          logging: {everySteps: 7}
                          learningRateFinder:
                            {start: 0.001, end: 1, iterations: 20, ramp: linear, smoothing: 0.5, divergence: 3}
                        """).handlers();
        assertThat(handlers)
                .isEqualTo(new HandlerOptions(
                        List.of(
                                EarlyStoppingOptions.of("validation.accuracy", Mode.MAX, 2)
                                        .withMinDelta(0.5, Measure.RELATIVE),
                                EarlyStoppingOptions.of("train.loss", Mode.MIN, 4)
                                        .withBaseline(Baseline.LAST_IMPROVEMENT)
                                        .withNan(Nan.STOP)),
                        Duration.ofMillis(90_500),
                        true,
                        new EmaOptions(0.5, 0.9, 7, 2, Buffers.AVERAGED),
                        null,
                        new Watching(new LearningRateFinderOptions(0.001, 1, 20, Ramp.LINEAR, 0.5, 3), true, 7)));
    }

    @Test
    void meanOverEpochsIsOfSomeOfThem() {
        String job =
                VALIDATED.replace("{epochs: 1}", "{epochs: 9}") + "handlers: {swa: {fromEpoch: 9, everyEpochs: 2}}";
        assertThat(Jobs.parse(job).handlers().findSwa()).contains(new SwaOptions(9, 2, Buffers.COPIED));
        assertThat(Jobs.parse(job + "\n", "handlers.swa.everyEpochs=1")
                        .handlers()
                        .findSwa())
                .contains(SwaOptions.from(9));
    }

    @Test
    void whatIsToldHasDefaults() {
        Watching watching = Jobs.parse(VALIDATED + "handlers: {learningRateFinder: {}, logging: {}}")
                .handlers()
                .watching();
        assertThat(watching).isEqualTo(new Watching(LearningRateFinderOptions.DEFAULTS, false, 50));
    }

    @Test
    void stepsOfSeveralIterationsTryNoLearningRates() {
        String finder = "handlers: {learningRateFinder: {}}";
        String accumulating = VALIDATED.replace("{epochs: 1}", "{epochs: 1, accumulate: 2}");
        assertThatThrownBy(() -> Jobs.parse(accumulating + finder))
                .hasMessage("job.yaml:11: handlers.learningRateFinder: Invalid value: a mapping (must be left out with"
                        + " train.accumulate > 1: a step is more than an iteration there)");
        assertThatThrownBy(() -> Jobs.parse(VALIDATED.replace("{epochs: 1}", "{epochs: 1, sync: {every: 4}}") + finder))
                .hasMessage("job.yaml:11: handlers.learningRateFinder: Invalid value: a mapping (must be left out with"
                        + " train.sync: a step is more than an iteration there)");
    }

    @Test
    void plateauIsASchedule() {
        String plateau = "{type: reduceOnPlateau, metric: validation.loss, mode: min, factor: 0.5, patience: 1,"
                + " threshold: 0.01, measure: absolute, cooldown: 2, minimum: 0.001}";
        JobConfig job = Jobs.parse(VALIDATED.replace("{type: sgd}", "{type: sgd, schedule: " + plateau + "}"));
        assertThat(job.optimizer().plateaus())
                .containsExactly(HyperparameterPlateau.of(
                        Tunable.LEARNING_RATE,
                        "validation.loss",
                        new ReducePlateau(Mode.MIN, 0.5, 1, 0.01, Measure.ABSOLUTE, 2, 0.001)));
        assertThat(Jobs.parse(JobFile.toYaml(job))).isEqualTo(job);
    }

    @Test
    void plateausStandBesideSchedules() {
        String schedules =
                "[{type: reduceOnPlateau, metric: train.loss}, {parameter: momentum, type: constant, value: 0.5},"
                        + " {group: '*.bias', type: reduceOnPlateau, metric: validation.accuracy, mode: max}]";
        JobConfig job = Jobs.parse(VALIDATED.replace(
                "{type: sgd}",
                "{type: sgd, momentum: 0.9, groups: [{parameters: '*.bias'}], schedule: " + schedules + "}"));
        assertThat(job.optimizer().schedules()).hasSize(1);
        assertThat(job.optimizer().plateaus())
                .containsExactly(
                        HyperparameterPlateau.of(Tunable.LEARNING_RATE, "train.loss", ReducePlateau.of(Mode.MIN)),
                        new HyperparameterPlateau(
                                Tunable.LEARNING_RATE, "*.bias", "validation.accuracy", ReducePlateau.of(Mode.MAX)));
        assertThat(Jobs.parse(JobFile.toYaml(job))).isEqualTo(job);
    }

    @Test
    void bestCheckpointsStandBesideTheNewest() {
        JobConfig job = Jobs.parse(VALIDATED
                + "checkpoint: {everyIterations: 5, keep: 2, best: {metric: validation.accuracy, mode: max, keep: 3}}");
        assertThat(job.checkpoint())
                .contains(new CheckpointConfig(5, 2, new BestCheckpoints("validation.accuracy", Mode.MAX, 3)));
    }

    @Test
    void setupMayPutMetricsOfItsOwn() {
        String job = VALIDATED + "handlers: {earlyStopping: {metric: my.f1, mode: max, patience: 3}}\n";
        assertThat(Jobs.parse(job + "setup: com.acme.Metrics").handlers().earlyStopping())
                .hasSize(1);
        assertThatThrownBy(() -> Jobs.parse(job))
                .hasMessageContaining("handlers.earlyStopping.metric: Invalid value: my.f1 (must be one of: ");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void mistakesAreRefused(String lines, String message) {
        assertThatThrownBy(() -> Jobs.parse(VALIDATED + lines))
                .isInstanceOf(ConfigException.class)
                .hasMessage("job.yaml:11: " + message);
    }

    static Stream<Arguments> mistakesAreRefused() {
        String known = "train.loss, train.accuracy, validation.loss, validation.accuracy";
        return Stream.of(
                arguments(
                        "handlers: {earlyStoping: {metric: train.loss, patience: 3}}",
                        "handlers.earlyStoping: Unknown key (did you mean 'earlyStopping'?)"),
                arguments(
                        "handlers: {earlyStopping: {metric: train.loss}}",
                        "handlers.earlyStopping.patience: Missing key (must be a whole number >= 1)"),
                arguments(
                        "handlers: {earlyStopping: {metric: train.loss, patience: 0}}",
                        "handlers.earlyStopping.patience: Invalid value: 0 (must be a whole number >= 1)"),
                arguments(
                        "handlers: {earlyStopping: {metric: validation.los, patience: 3}}",
                        "handlers.earlyStopping.metric: Invalid value: validation.los (must be one of: " + known
                                + "; did you mean 'validation.loss'?)"),
                arguments(
                        "handlers: {earlyStopping: [{metric: train.loss, patience: 3}, {metric: train.loss, patience: 4}]}",
                        "handlers: Invalid earlyStopping: two watch train.loss (must be one for each metric)"),
                arguments(
                        "handlers: {timeLimit: 0}",
                        "handlers.timeLimit: Invalid value: 0 (must be a number of seconds > 0 and <= 31536000)"),
                arguments(
                        "handlers: {swa: {fromEpoch: 2}}",
                        "handlers.swa.fromEpoch: Invalid value: 2 (must be <= train.epochs, 1)"),
                arguments(
                        "handlers: {swa: {fromEpoch: 1}, ema: {}}",
                        "handlers.swa: Cannot stand beside ema (must be one of both)"),
                arguments(
                        "handlers: {learningRateFinder: {start: 1, end: 0.1}}",
                        "handlers.learningRateFinder.end: Invalid value: 0.1 (must be > start, 1.0)"),
                arguments(
                        "handlers: {profiler: yes}",
                        "handlers.profiler: Invalid value: \"yes\" (must be true or false)"),
                arguments(
                        "handlers: {logging: {everyStep: 5}}",
                        "handlers.logging.everyStep: Unknown key (did you mean 'everySteps'?)"),
                arguments(
                        "handlers: {ema: {momentum: 2}}",
                        "handlers.ema.momentum: Invalid value: 2 (must be a number > 0 and <= 1)"),
                arguments(
                        "handlers: {ema: {decay: 0.9}}",
                        "handlers.ema.decay: Unknown key (known: momentum, warmupMomentum, warmupUpdates,"
                                + " everyIterations, buffers)"),
                arguments(
                        "checkpoint: {everyIterations: 5, best: {metric: train.f1}}",
                        "checkpoint.best.metric: Invalid value: train.f1 (must be one of: " + known + ")"),
                arguments(
                        "checkpoint: {everyIterations: 5, best: {metric: train.loss, mode: lowest}}",
                        "checkpoint.best.mode: Invalid value: \"lowest\" (must be one of: min, max)"));
    }

    @Test
    void validationThatIsMissingIsTheWayOut() {
        assertThatThrownBy(() ->
                        Jobs.parse(Jobs.MINIMAL + "handlers: {earlyStopping: {metric: validation.loss, patience: 3}}"))
                .hasMessage("job.yaml:10: handlers.earlyStopping.metric: Invalid value: validation.loss"
                        + " (must be one of: train.loss; there are no validation rows without data.validation)");
    }

    @Test
    void shardsThatLearnByThemselvesHaveNoLossBetweenExchanges() {
        String sync = VALIDATED.replace("{epochs: 1}", "{epochs: 1, sync: {every: 4}}");
        assertThatThrownBy(() -> Jobs.parse(sync + "handlers: {terminateOnNan: true, ema: {everyIterations: 6}}"))
                .hasMessage("job.yaml:11: handlers.ema.everyIterations: Invalid value: 6"
                        + " (must be a multiple of 4, train.sync.every)\n"
                        + "job.yaml:11: handlers.terminateOnNan: Invalid value: true (must be false with train.sync)");
        assertThat(Jobs.parse(sync + "handlers: {ema: {everyIterations: 8}}")
                        .handlers()
                        .findEma())
                .isPresent();
    }
}
