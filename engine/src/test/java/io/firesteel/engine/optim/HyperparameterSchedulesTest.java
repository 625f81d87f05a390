package io.firesteel.engine.optim;

import static io.firesteel.engine.optim.Optimizers.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.firesteel.engine.Facts;
import io.firesteel.engine.schedule.ConstantSchedule;
import io.firesteel.engine.schedule.CosineSchedule;
import io.firesteel.engine.schedule.ExponentialSchedule;
import io.firesteel.engine.schedule.LinearSchedule;
import io.firesteel.engine.schedule.OneCycleSchedule;
import io.firesteel.engine.schedule.OneCycleSchedule.Phases;
import io.firesteel.engine.schedule.Pace;
import io.firesteel.engine.schedule.Schedule;
import io.firesteel.engine.schedule.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HyperparameterSchedulesTest {
    private static final int FACT_PARAMETERS = 200;
    private static final List<ParameterSegment> FACT_SEGMENTS =
            List.of(new ParameterSegment("0.weight", 0, 120), new ParameterSegment("0.bias", 120, 80));
    private static final List<ParameterGroup> BIAS = List.of(new ParameterGroup("*.bias", 0.015, 0.1));
    private static final Sgd PLAIN = new Sgd(0.5, 0, false, 0.25);

    /** By the names of schedules.py. */
    private static final Map<String, Optimization> RUNS = Map.of(
            "sgd", warmCosineAndDecay(new Sgd(0.05, 0.9, false, 0)),
            "adam", warmCosineAndDecay(new Adam(0.005, 0.9, 0.999, 1e-8, 0)),
            "adamw", warmCosineAndDecay(new AdamW(0.005, 0.9, 0.999, 1e-8, 0.01)),
            "sgd-one-cycle", oneCycle(new Sgd(0.05, 0.9, true, 0), Tunable.MOMENTUM),
            "adam-one-cycle", oneCycle(new Adam(0.005, 0.9, 0.999, 1e-8, 0), Tunable.BETA1),
            "rmsprop-one-cycle", oneCycle(new RmsProp(0.001, 0.99, 1e-8, 0.9, true, 0), Tunable.MOMENTUM),
            "groups", scheduled(new AdamW(0.005, 0.9, 0.999, 1e-8, 0.1), BIAS, rate(warmCosine(0.005))));

    private static Optimization warmCosineAndDecay(OptimizerSpec optimizer) {
        return scheduled(
                optimizer,
                List.of(),
                rate(warmCosine(optimizer.learningRate())),
                ofAll(Tunable.WEIGHT_DECAY, new LinearSchedule(0.1, 0, 80)));
    }

    private static Optimization oneCycle(OptimizerSpec optimizer, Tunable momentum) {
        return scheduled(
                optimizer,
                List.of(),
                rate(OneCycleSchedule.ofPeak(optimizer.learningRate(), 101)),
                ofAll(momentum, new OneCycleSchedule(0.95, 0.85, 0.95, 101, 0.3, Phases.TWO, Shape.COSINE)));
    }

    private static Schedule warmCosine(double rate) {
        return new CosineSchedule(rate, 0, 90).after(rate * 0.01, 10);
    }

    private static HyperparameterSchedule rate(Schedule schedule) {
        return ofAll(Tunable.LEARNING_RATE, schedule);
    }

    private static HyperparameterSchedule ofAll(Tunable parameter, Schedule schedule) {
        return HyperparameterSchedule.of(parameter, Pace.ITERATION, schedule);
    }

    private static Optimization scheduled(
            OptimizerSpec optimizer, List<ParameterGroup> groups, HyperparameterSchedule... schedules) {
        return new Optimization(optimizer, groups, Clipping.none(), List.of(schedules), false);
    }

    static Stream<Arguments> facts() {
        return Facts.json("optim-schedules.json").getAsJsonArray("runs").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(run -> Arguments.of(run.get("run").getAsString(), run));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("facts")
    void hundredScheduledStepsEqualPyTorch(String name, JsonObject fact) {
        Optimization optimization = RUNS.get(name);
        Optimizer optimizer = create(optimization, FACT_SEGMENTS, FACT_PARAMETERS);
        HyperparameterSchedules schedules = new HyperparameterSchedules(optimization);
        FloatBuffer weights = OptimizerTest.factWeights();
        for (int iteration = 0; iteration < 100; iteration++) {
            schedules.apply(optimizer, iteration, 0);
            optimizer.step(weights, OptimizerTest.factGradients(iteration + 1), OptimizerTest.FACT_SCALE);
        }
        float[] expected = Facts.floats(fact.getAsJsonArray("weights"));
        for (int i = 0; i < FACT_PARAMETERS; i++) {
            double tolerance = 1e-6 * Math.max(1, Math.abs(expected[i]));
            assertThat((double) weights.get(i)).as("element %d", i).isCloseTo(expected[i], Offset.offset(tolerance));
        }
    }

    @Test
    void everyRunIsCompared() {
        assertThat(facts().map(fact -> (String) fact.get()[0])).containsExactlyInAnyOrderElementsOf(RUNS.keySet());
    }

    /** What can change can be set, and the value that is there already changes no bit. */
    @Test
    void settingTheOwnValuesLeavesTheBits() {
        Optimizers.SPECS.forEach((name, spec) -> {
            Random random = new Random(3);
            FloatBuffer weights = Optimizers.gaussian(5000, random);
            FloatBuffer same = Optimizers.copy(weights);
            Optimizer plain = spec.create(5000);
            Optimizer set = spec.create(5000);
            for (int step = 0; step < 4; step++) {
                FloatBuffer gradients = Optimizers.gaussian(5000, random);
                plain.step(weights, gradients, 1);
                spec.tunables().forEach(set::set);
                set.step(same, gradients, 1);
            }
            assertThat(array(same)).as(name).isEqualTo(array(weights));
        });
    }

    /** An optimizer that was set in its first step is one that was made so. */
    @Test
    void valueThatIsSetActsAsOneThatWasGiven() {
        assertSame(new Adam(1, 0.5, 0.5, 1, 0.5), new Adam(0.01, 0.9, 0.99, 1e-3, 0.1));
        assertSame(new AdamW(1, 0.5, 0.5, 1, 0.5), new AdamW(0.01, 0.9, 0.99, 1e-3, 0.1));
        assertSame(new Sgd(1, 0.5, 0.5, false, 0.5), new Sgd(0.01, 0.9, 0.1, false, 0.1));
        assertSame(new RmsProp(1, 0.5, 1, 0.5, true, 0.5), new RmsProp(0.01, 0.9, 1e-3, 0.8, true, 0.1));
        assertSame(new Adagrad(1, 0.5, 0, 1, 0.5), new Adagrad(0.01, 0.1, 0, 1e-3, 0.1));
        assertSame(new Adadelta(1, 0.5, 1, 0.5), new Adadelta(0.1, 0.9, 1e-3, 0.1));
        assertSame(new NAdam(1, 0.9, 0.5, 1, 0.1, 0.5, true), new NAdam(0.01, 0.9, 0.99, 1e-3, 0.1, 0.1, true));
        assertSame(new RAdam(1, 0.5, 0.5, 1, 0.5, true), new RAdam(0.01, 0.9, 0.99, 1e-3, 0.1, true));
        assertSame(new Lion(1, 0.5, 0.5, 0.5), new Lion(0.01, 0.9, 0.99, 0.1));
        assertSame(new Lamb(1, 0.5, 0.5, 1, 0.5), new Lamb(0.01, 0.9, 0.99, 1e-3, 0.1));
        assertSame(new Lars(1, 0.5, 1, 0.5), new Lars(0.01, 0.9, 1e-3, 0.1));
    }

    private static void assertSame(OptimizerSpec other, OptimizerSpec wanted) {
        Random random = new Random(4);
        FloatBuffer made = Optimizers.gaussian(300, random);
        FloatBuffer set = Optimizers.copy(made);
        Optimizer first = wanted.create(300);
        Optimizer second = other.create(300);
        wanted.tunables().forEach(second::set);
        for (int step = 0; step < 3; step++) {
            FloatBuffer gradients = Optimizers.gaussian(300, random);
            first.step(made, gradients, 1);
            second.step(set, gradients, 1);
        }
        assertThat(array(set)).as("%s", wanted).isEqualTo(array(made));
    }

    @Test
    void groupWithAValueOfItsOwnFollowsInProportion() {
        List<ParameterGroup> groups = List.of(
                new ParameterGroup("a", 0.25, 0), new ParameterGroup("b", 0.5, 0.75), new ParameterGroup("c", 0, 0.25));
        GroupValues values = new GroupValues(scheduled(PLAIN, groups));
        values.set(Tunable.LEARNING_RATE, 4);
        values.set(Tunable.WEIGHT_DECAY, 0.5);
        assertThat(values.all().stream().map(StepValues::learningRate)).containsExactly(2.0, 4.0, 0.0, 4.0);
        assertThat(values.all().stream().map(StepValues::weightDecay)).containsExactly(0.0, 1.5, 0.5, 0.5);
    }

    @Test
    void ownDecayBesideNoneOfTheOptimizersStays() {
        List<ParameterGroup> groups = List.of(new ParameterGroup("a", 0.5, 0.3));
        GroupValues values = new GroupValues(scheduled(new Sgd(0.5, 0, false, 0), groups));
        values.set(Tunable.WEIGHT_DECAY, 0.1);
        assertThat(values.all().stream().map(StepValues::weightDecay)).containsExactly(0.3, 0.1);
    }

    @Test
    void scheduleOfAGroupOverrulesThatOfAllWhateverTheirOrder() {
        List<ParameterGroup> groups = List.of(new ParameterGroup("0.bias", 0.25, 0));
        Optimization optimization = scheduled(
                PLAIN,
                groups,
                new HyperparameterSchedule(
                        Tunable.LEARNING_RATE, "0.bias", Pace.ITERATION, new ConstantSchedule(0.125)),
                rate(new LinearSchedule(1, 0, 4)),
                ofAll(Tunable.WEIGHT_DECAY, new ConstantSchedule(0)));
        Optimizer optimizer = create(optimization, FACT_SEGMENTS, FACT_PARAMETERS);
        FloatBuffer weights = Optimizers.direct(FACT_PARAMETERS);
        FloatBuffer gradients = Optimizers.direct(FACT_PARAMETERS);
        for (int i = 0; i < FACT_PARAMETERS; i++) {
            gradients.put(i, 1);
        }
        new HyperparameterSchedules(optimization).apply(optimizer, 2, 0);
        optimizer.step(weights, gradients, 1);
        assertThat(optimizer.learningRate()).isEqualTo(0.5);
        assertThat(weights.get(0)).isEqualTo(-0.5f);
        assertThat(weights.get(150)).isEqualTo(-0.125f);
    }

    @Test
    void paceDecidesWhatSchedulesCount() {
        for (Pace pace : Pace.values()) {
            Optimization optimization = scheduled(
                    PLAIN,
                    List.of(),
                    HyperparameterSchedule.of(Tunable.LEARNING_RATE, pace, new LinearSchedule(100, 0, 100)));
            Optimizer optimizer = create(optimization, FACT_SEGMENTS, FACT_PARAMETERS);
            new HyperparameterSchedules(optimization).apply(optimizer, 30, 2.5);
            double expected = switch (pace) {
                case ITERATION -> 70;
                case EPOCH -> 98;
                case FRACTIONAL_EPOCH -> 97.5;
            };
            assertThat(optimizer.learningRate()).isEqualTo(expected);
        }
    }

    @Test
    void optimizationWithoutSchedulesHasNothingToSet() {
        assertThat(new HyperparameterSchedules(Optimization.of(PLAIN)).isEmpty())
                .isTrue();
        assertThat(new HyperparameterSchedules(RUNS.get("adam")).isEmpty()).isFalse();
    }

    @Test
    void valueThatCannotBeSetIsRefused() {
        Optimizer optimizer = new NAdam(0.01, 0.9, 0.99, 1e-3, 0.1, 0.1, true).create(4);
        assertRefused(
                () -> optimizer.set(Tunable.BETA1, 0.5),
                "Cannot set beta1: the optimizer has none that can change (expected one of: learningRate, weightDecay,"
                        + " beta2, epsilon)");
        assertRefused(
                () -> optimizer.value(Tunable.RHO),
                "Cannot read rho: the optimizer has none that can change (expected one of: learningRate, weightDecay,"
                        + " beta2, epsilon)");
        assertRefused(() -> optimizer.set(Tunable.BETA2, 1), "Invalid beta2: 1.0 (must be in [0, 1))");
        assertRefused(
                () -> optimizer.learningRate(Double.NaN), "Invalid learningRate: NaN (must be a finite number >= 0)");
        assertRefused(
                () -> optimizer.set(Tunable.EPSILON, 0, 1),
                "Cannot set epsilon of group 0: there are 0 groups (expected an index from 0)");
    }

    @Test
    void scheduleThatDoesNotFitIsRefused() {
        assertRefused(
                () -> scheduled(PLAIN, List.of(), ofAll(Tunable.MOMENTUM, new ConstantSchedule(0.5))),
                "Cannot schedule momentum: the optimizer has none that can change (expected one of: learningRate,"
                        + " weightDecay)");
        assertRefused(
                () -> scheduled(
                        PLAIN,
                        BIAS,
                        new HyperparameterSchedule(
                                Tunable.WEIGHT_DECAY, "bias", Pace.EPOCH, new ConstantSchedule(0.5))),
                "Cannot schedule weightDecay of bias: there is no such group (expected one of: *.bias)");
        assertRefused(
                () -> scheduled(PLAIN, List.of(), rate(new ConstantSchedule(1)), rate(new ConstantSchedule(2))),
                "Cannot schedule learningRate: it has two schedules (expected one; type concat joins them)");
        assertRefused(
                () -> scheduled(PLAIN, List.of(), rate(new LinearSchedule(1, -0.5, 10))),
                "Cannot schedule learningRate: it reaches -0.5 (must be a finite number >= 0)");
        assertRefused(
                () -> scheduled(
                        new Lion(0.1, 0.9, 0.9, 0), List.of(), ofAll(Tunable.BETA1, new ExponentialSchedule(0.5, 1.1))),
                "Cannot schedule beta1: it reaches " + Double.MAX_VALUE + " (must be in [0, 1))");
    }

    @Test
    void rateThatGrowsWithoutEndEndsWithAnError() {
        Optimization optimization = scheduled(PLAIN, List.of(), rate(new ExponentialSchedule(1, 10)));
        Optimizer optimizer = create(optimization, FACT_SEGMENTS, FACT_PARAMETERS);
        HyperparameterSchedules schedules = new HyperparameterSchedules(optimization);
        schedules.apply(optimizer, 300, 0);
        assertRefused(
                () -> schedules.apply(optimizer, 400, 0),
                "Invalid learningRate: Infinity (must be a finite number >= 0)");
    }

    private static Optimizer create(Optimization optimization, List<ParameterSegment> segments, int size) {
        return optimization.create(segments, 0, size, BlockSums.whole());
    }

    private static void assertRefused(Runnable creation, String message) {
        assertThatIllegalArgumentException().isThrownBy(creation::run).withMessage(message);
    }
}
