package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.firesteel.engine.optim.HyperparameterSchedule;
import io.firesteel.engine.optim.Tunable;
import io.firesteel.engine.schedule.ConcatSchedule;
import io.firesteel.engine.schedule.ConstantSchedule;
import io.firesteel.engine.schedule.CosineSchedule;
import io.firesteel.engine.schedule.CyclicSchedule;
import io.firesteel.engine.schedule.ExponentialSchedule;
import io.firesteel.engine.schedule.InverseSquareRootSchedule;
import io.firesteel.engine.schedule.LinearSchedule;
import io.firesteel.engine.schedule.MultiStepSchedule;
import io.firesteel.engine.schedule.OneCycleSchedule;
import io.firesteel.engine.schedule.OneCycleSchedule.Phases;
import io.firesteel.engine.schedule.Pace;
import io.firesteel.engine.schedule.PiecewiseLinearSchedule;
import io.firesteel.engine.schedule.PiecewiseLinearSchedule.Point;
import io.firesteel.engine.schedule.PolynomialSchedule;
import io.firesteel.engine.schedule.Schedule;
import io.firesteel.engine.schedule.Shape;
import io.firesteel.engine.schedule.StepSchedule;
import io.firesteel.engine.schedule.TriangularSchedule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleSectionTest {
    private static final String OPTIMIZER = "optimizer: {type: sgd}";
    private static final double RATE = 0.5;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void defaultsAreTheOptimizersAndThoseOfTheReference(String yaml, Schedule expected) {
        assertThat(scheduled("type: sgd, learningRate: 0.5, momentum: 0.9", yaml))
                .containsExactly(rate(expected));
    }

    static Stream<Arguments> defaultsAreTheOptimizersAndThoseOfTheReference() {
        return Stream.of(
                arguments("{type: constant, value: 3}", new ConstantSchedule(3)),
                arguments("{type: linear, steps: 10}", new LinearSchedule(RATE, 0, 10)),
                arguments("{type: linear, start: 2, end: 1, steps: 0.5}", new LinearSchedule(2, 1, 0.5)),
                arguments("{type: polynomial, steps: 10}", new PolynomialSchedule(RATE, 0, 10, 1)),
                arguments("{type: exponential, factor: 0.9}", new ExponentialSchedule(RATE, 0.9)),
                arguments("{type: step, every: 3}", new StepSchedule(RATE, 0.1, 3)),
                arguments("{type: multiStep, milestones: [3, 6]}", new MultiStepSchedule(RATE, 0.1, List.of(3.0, 6.0))),
                arguments("{type: cosine, steps: 9}", new CosineSchedule(RATE, 0, 9)),
                arguments("{type: cosine, steps: 9, warmup: {steps: 5}}", new CosineSchedule(RATE, 0, 9).after(0, 5)),
                arguments(
                        "{type: cosine, steps: 9, warmup: {steps: 5, from: 0.1}}",
                        new CosineSchedule(RATE, 0, 9).after(0.1, 5)),
                arguments("{type: cyclic, cycle: 7}", new CyclicSchedule(Shape.COSINE, RATE, 0, 7)),
                arguments(
                        "{type: cyclic, cycle: 7, shape: linear, cycleFactor: 2, returnSteps: 1}",
                        new CyclicSchedule(Shape.LINEAR, RATE, 0, 7, 2, 1, 1, 1)),
                arguments("{type: triangular, peak: 2, up: 4}", new TriangularSchedule(RATE, 2, 4, 4)),
                arguments("{type: oneCycle, steps: 100}", OneCycleSchedule.ofPeak(RATE, 100)),
                arguments(
                        "{type: oneCycle, start: 0.1, steps: 100, rise: 0.2, phases: 3, shape: linear}",
                        new OneCycleSchedule(0.1, RATE, 1e-5, 100, 0.2, Phases.THREE, Shape.LINEAR)),
                arguments("{type: inverseSquareRoot, timescale: 4}", new InverseSquareRootSchedule(RATE, 4)),
                arguments(
                        "{type: piecewise, points: [{step: 0, value: 1}, {step: 5, value: 0}]}",
                        new PiecewiseLinearSchedule(List.of(new Point(0, 1), new Point(5, 0)))),
                arguments(
                        "{type: concat, parts: [{type: cosine, steps: 9, duration: 20, warmup: {steps: 1}},"
                                + " {type: constant, value: 0}]}",
                        new ConcatSchedule(
                                List.of(new CosineSchedule(RATE, 0, 9).after(0, 1), new ConstantSchedule(0)),
                                List.of(20.0))));
    }

    @Test
    void listSchedulesSeveralHyperparameters() {
        String yaml = "[{type: linear, steps: 9},"
                + " {parameter: momentum, per: epoch, type: linear, end: 0.5, steps: 9},"
                + " {parameter: weightDecay, group: '*.bias', per: fractionalEpoch, type: linear, steps: 9}]";
        String optimizer =
                "type: sgd, learningRate: 0.5, momentum: 0.9, groups: [{parameters: '*.bias', weightDecay: 0.25}]";
        assertThat(scheduled(optimizer, yaml))
                .containsExactly(
                        rate(new LinearSchedule(RATE, 0, 9)),
                        HyperparameterSchedule.of(Tunable.MOMENTUM, Pace.EPOCH, new LinearSchedule(0.9, 0.5, 9)),
                        new HyperparameterSchedule(
                                Tunable.WEIGHT_DECAY, "*.bias", Pace.FRACTIONAL_EPOCH, new LinearSchedule(0.25, 0, 9)));
    }

    @Test
    void momentumOfAGroupStartsFromTheOptimizers() {
        String yaml = "{parameter: momentum, group: '*.bias', type: linear, steps: 9}";
        String optimizer = "type: sgd, momentum: 0.9, groups: [{parameters: '*.bias'}]";
        assertThat(scheduled(optimizer, yaml).get(0).schedule()).isEqualTo(new LinearSchedule(0.9, 0, 9));
    }

    @Test
    void keyIsSetOnTheCommandLine() {
        String job = Jobs.with(OPTIMIZER, "optimizer: {type: sgd, schedule: {type: linear, steps: 9}}");
        assertThat(Jobs.parse(job, "optimizer.schedule.steps=30").optimizer().schedules())
                .containsExactly(rate(new LinearSchedule(0.001, 0, 30)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void scheduleIsRefused(String yaml, String message) {
        String job = Jobs.with(
                OPTIMIZER, "optimizer: {type: sgd, groups: [{parameters: '*.bias'}], schedule: " + yaml + "}");
        assertThatThrownBy(() -> Jobs.parse(job))
                .isInstanceOf(ConfigException.class)
                .hasMessage("job.yaml:8: optimizer.schedule" + message);
    }

    static Stream<Arguments> scheduleIsRefused() {
        return Stream.of(
                arguments("3", ": Invalid value: 3 (must be a mapping or a list of mappings)"),
                arguments("[]", ": Invalid value: an empty list (must be a list of mappings, at least 1)"),
                arguments(
                        "{type: cosin, steps: 3}",
                        ".type: Invalid value: \"cosin\" (must be one of: constant, linear, polynomial, exponential, step,"
                                + " multiStep, cosine, cyclic, triangular, oneCycle, inverseSquareRoot, piecewise, concat,"
                                + " reduceOnPlateau;"
                                + " did you mean 'cosine'?)"),
                arguments("{type: cosine}", ".steps: Missing key (must be a finite number > 0)"),
                arguments("{type: cosine, steps: 0}", ".steps: Invalid value: 0 (must be a finite number > 0)"),
                arguments(
                        "{type: cosine, steps: 3, warmUp: {steps: 3}}",
                        ".warmUp: Unknown key with type cosine (did you mean 'warmup'?)"),
                arguments(
                        "{type: cosine, steps: 3, warmup: {step: 3}}",
                        ".warmup.steps: Missing key (must be a finite number > 0)\n"
                                + "job.yaml:8: optimizer.schedule.warmup.step: Unknown key (did you mean 'steps'?)"),
                arguments(
                        "{type: linear, steps: 3, parameter: momentun}",
                        ".parameter: Invalid value: \"momentun\" (must be one of: learningRate, weightDecay, momentum,"
                                + " dampening, beta1, beta2, alpha, rho, epsilon, learningRateDecay, trustCoefficient; did"
                                + " you mean 'momentum'?)"),
                arguments(
                        "[{type: linear, steps: 3}, {type: linear, steps: 3, per: epochs}]",
                        ".1.per: Invalid value: \"epochs\" (must be one of: iteration, epoch, fractionalEpoch; did you"
                                + " mean 'epoch'?)"),
                arguments(
                        "{type: linear, steps: 3, parameter: momentum}",
                        ": Cannot schedule momentum: the optimizer has none that can change (expected one of:"
                                + " learningRate, weightDecay)"),
                arguments(
                        "{type: linear, steps: 3, group: bias}",
                        ": Cannot schedule learningRate of bias: there is no such group (expected one of: *.bias)"),
                arguments(
                        "{type: linear, steps: 3, end: -1}",
                        ": Cannot schedule learningRate: it reaches -1.0 (must be a finite number >= 0)"),
                arguments(
                        "[{type: linear, steps: 3}, {type: constant, value: 3}]",
                        ": Cannot schedule learningRate: it has two schedules (expected one; type concat joins them)"),
                arguments(
                        "{type: multiStep, milestones: [3, 2]}",
                        ": Invalid milestones: [3.0, 2.0] (must be in ascending order)"),
                arguments(
                        "{type: oneCycle, steps: 9, phases: 3, rise: 0.6}",
                        ": Invalid rise: 0.6 (must be < 0.5 with three phases)"),
                arguments("{type: oneCycle, steps: 1}", ": Invalid steps: 1.0 (must be a finite number > 1)"),
                arguments(
                        "{type: concat, parts: [{type: constant, value: 1}, {type: constant, value: 2}]}",
                        ".parts.0.duration: Invalid value: none (must be a finite number > 0 in every part but the last)"),
                arguments(
                        "{type: concat, parts: [{type: constant, value: 1, duration: 4}]}",
                        ".parts.0.duration: Invalid value: 4.0 (must be left out of the last part, which doesn't end)"),
                arguments(
                        "{type: concat, parts: [{type: concat}]}",
                        ".parts.0.type: Invalid value: \"concat\" (must be one of: constant, linear, polynomial,"
                                + " exponential, step, multiStep, cosine, cyclic, triangular, oneCycle, inverseSquareRoot,"
                                + " piecewise)"),
                arguments(
                        "{type: piecewise, points: [{step: 3, value: 1}, {step: 2, value: 1}]}",
                        ": Invalid points: step 2.0 after step 3.0 (must be in ascending order)"),
                arguments(
                        "{type: exponential, factor: 0.9, duration: 3}",
                        ".duration: Unknown key with type exponential (did you mean 'optimizer.schedule.parts.duration'?)"));
    }

    @Test
    void problemsBesideTheScheduleDoNotHideItsOwn() {
        String job = Jobs.with(OPTIMIZER, "optimizer: {type: sgd, momentum: 2, schedule: {type: linear, steps: -1}}");
        assertThatThrownBy(() -> Jobs.parse(job)).hasMessage("""
                        job.yaml:8: optimizer.momentum: Invalid value: 2 (must be a number >= 0 and < 1)
                        job.yaml:8: optimizer.schedule.steps: Invalid value: -1 (must be a finite number > 0)""");
    }

    private static List<HyperparameterSchedule> scheduled(String optimizer, String schedule) {
        String line = "optimizer: {" + optimizer + ", schedule: " + schedule + "}";
        return Jobs.parse(Jobs.with(OPTIMIZER, line)).optimizer().schedules();
    }

    private static HyperparameterSchedule rate(Schedule schedule) {
        return HyperparameterSchedule.of(Tunable.LEARNING_RATE, Pace.ITERATION, schedule);
    }
}
