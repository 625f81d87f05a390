package io.firesteel.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.plot.Series;
import io.firesteel.engine.schedule.OneCycleSchedule.Phases;
import io.firesteel.engine.schedule.PiecewiseLinearSchedule.Point;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Schedule LINE = new LinearSchedule(1, 0, 10);

    @Test
    void valuesAfterTheEndAreTheEnd() {
        for (double step : new double[] {10, 10.5, 1e6, 1e15}) {
            assertThat(LINE.at(step)).isZero();
            assertThat(new CosineSchedule(1, 0.25, 10).at(step)).isEqualTo(0.25);
            assertThat(new PolynomialSchedule(1, 0.25, 10, 2).at(step)).isEqualTo(0.25);
            assertThat(OneCycleSchedule.ofPeak(0.1, 10).at(step)).isEqualTo(0.1 / 25 / 1e4);
        }
    }

    @Test
    void polynomialMayEndAboveZero() {
        assertThat(new PolynomialSchedule(5, 1, 4, 2).simulate(6)).containsExactly(5, 3.25, 2, 1.25, 1, 1);
    }

    @Test
    void inverseSquareRootAfterWarmUpIsTheTransformers() {
        int warmup = 4000;
        double peak = Math.pow(512, -0.5) * Math.pow(warmup, -0.5);
        Schedule schedule = new InverseSquareRootSchedule(peak, warmup).after(0, warmup);
        for (int step : new int[] {1, 100, 3999, 4000, 4001, 16_000, 1_000_000}) {
            double expected = Math.pow(512, -0.5) * Math.min(Math.pow(step, -0.5), step * Math.pow(warmup, -1.5));
            assertThat(schedule.at(step)).as("step %d", step).isCloseTo(expected, Offset.offset(1e-12 * expected));
        }
    }

    @Test
    void jumpHasTheLaterPointsValue() {
        Schedule schedule = new PiecewiseLinearSchedule(List.of(new Point(2, 1), new Point(4, 3), new Point(4, 10)));
        assertThat(schedule.simulate(6)).containsExactly(1, 1, 1, 2, 10, 10);
        assertThat(schedule.at(3.5)).isEqualTo(2.5);
    }

    @Test
    void cyclesShrinkFromOneToTheNext() {
        Schedule schedule = new CyclicSchedule(Shape.LINEAR, 8, 4, 2, 1, 0.5, 0.25, 0);
        assertThat(schedule.simulate(6)).containsExactly(8, 6, 4, 2.5, 2, 1.125);
    }

    /** Against cycles that are walked through one by one. */
    @Test
    void cycleOfAStepIsFoundWithoutWalking() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            double length = 1 + random.nextInt(20);
            double factor = random.nextBoolean() ? 1 : 1 + random.nextInt(4) / 2.0;
            double pause = random.nextInt(3);
            Cycles cycles = new Cycles(length, factor, pause);
            double begin = 0;
            double current = length;
            for (int index = 0; index < 12; index++) {
                assertThat(cycles.begin(index)).isCloseTo(begin, Offset.offset(1e-9 * (1 + begin)));
                assertThat(cycles.indexAt(cycles.begin(index))).isEqualTo(index);
                assertThat(cycles.indexAt(begin + current / 2)).isEqualTo(index);
                begin += current + pause;
                current *= factor;
            }
        }
    }

    @Test
    void farAwayStepHasTheValueOfItsPlaceInTheCycle() {
        CyclicSchedule cycles = new CyclicSchedule(Shape.LINEAR, 1, 0, 7, 1, 1, 1, 3);
        TriangularSchedule triangles = new TriangularSchedule(1, 2, 3, 7);
        for (int place = 0; place < 10; place++) {
            double far = 1e9 + place;
            assertThat(cycles.at(far)).isCloseTo(cycles.at(place), Offset.offset(1e-12));
            assertThat(triangles.at(far)).isCloseTo(triangles.at(place), Offset.offset(1e-12));
        }
    }

    @Test
    void everyValueOfEveryKindLiesInItsBounds() {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            Schedule schedule = RandomSchedules.any(random);
            Bounds bounds = schedule.bounds();
            double slack = 1e-12 * (Math.abs(bounds.lowest()) + Math.abs(bounds.highest()));
            for (double step : new double[] {0, 0.5, 1, 7, 40, 1000 * random.nextDouble(), 1e6}) {
                assertThat(schedule.at(step))
                        .as("%s at %s", schedule, step)
                        .isBetween(bounds.lowest() - slack, bounds.highest() + slack);
            }
        }
    }

    @Test
    void everyKindCrossesJavaSerialization() throws IOException, ClassNotFoundException {
        Random random = new Random(6);
        for (int i = 0; i < 100; i++) {
            Schedule schedule = RandomSchedules.any(random);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(schedule);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(in.readObject()).isEqualTo(schedule);
            }
        }
    }

    @Test
    void simulationIsTheValuesInTurn() {
        assertThat(LINE.simulate(0)).isEmpty();
        assertThat(LINE.simulate(3)).containsExactly(1, 0.9, 0.8);
        assertRefused(() -> LINE.simulate(-1), "Invalid steps: -1 (must be >= 0)");
    }

    @Test
    void schedulesKeepWhatTheyWereGiven() {
        List<Double> milestones = new ArrayList<>(List.of(1.0));
        MultiStepSchedule schedule = new MultiStepSchedule(1, 0.5, milestones);
        milestones.add(2.0);
        assertThat(schedule.milestones()).containsExactly(1.0);
    }

    @Test
    void paceCountsIterationsOrEpochs() {
        assertThat(Pace.ITERATION.step(17, 3.5)).isEqualTo(17);
        assertThat(Pace.EPOCH.step(17, 3.5)).isEqualTo(3);
        assertThat(Pace.FRACTIONAL_EPOCH.step(17, 3.5)).isEqualTo(3.5);
    }

    @Test
    void plotShowsTheValues() {
        assertThat(SchedulePlot.of("line", Map.of("linear", LINE), 3).series())
                .containsExactly(Series.ofValues("linear", 1, 0.9, 0.8));
    }

    @Test
    void plotOfManyStepsStaysSmall() {
        List<Series.Point> points = SchedulePlot.of("line", Map.of("linear", LINE), 1_000_000)
                .series()
                .get(0)
                .points();
        assertThat(points).hasSize(301).endsWith(new Series.Point(999_900, 0));
    }

    @Test
    void stepOutOfRangeIsRefused() {
        assertRefused(() -> LINE.at(-1), "Invalid step: -1.0 (must be a finite number >= 0)");
        assertRefused(() -> LINE.at(Double.NaN), "Invalid step: NaN (must be a finite number >= 0)");
        assertRefused(() -> LINE.at(Double.POSITIVE_INFINITY), "Invalid step: Infinity (must be a finite number >= 0)");
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertRefused(() -> new ConstantSchedule(Double.NaN), "Invalid value: NaN (must be a finite number)");
        assertRefused(() -> new LinearSchedule(1, 0, 0), "Invalid steps: 0.0 (must be a finite number > 0)");
        assertRefused(() -> new PolynomialSchedule(1, 0, 1, 0), "Invalid power: 0.0 (must be a finite number > 0)");
        assertRefused(() -> new ExponentialSchedule(1, 0), "Invalid factor: 0.0 (must be a finite number > 0)");
        assertRefused(() -> new StepSchedule(1, 0.1, -3), "Invalid every: -3.0 (must be a finite number > 0)");
        assertRefused(
                () -> new CyclicSchedule(Shape.LINEAR, 1, 0, 10, 0.5, 1, 1, 0),
                "Invalid cycleFactor: 0.5 (must be a finite number >= 1)");
        assertRefused(
                () -> new CyclicSchedule(Shape.TRIANGLE, 1, 0, 10, 1, 1, 1, 2),
                "Invalid returnSteps: 2.0 (must be 0 with triangle, which returns by itself)");
        assertRefused(
                () -> new TriangularSchedule(0, 1, 1, 1, 2, 1), "Invalid heightFactor: 2.0 (must be > 0 and <= 1)");
        assertRefused(() -> oneCycle(1, 0.3, Phases.TWO), "Invalid steps: 1.0 (must be a finite number > 1)");
        assertRefused(() -> oneCycle(10, 1, Phases.TWO), "Invalid rise: 1.0 (must be > 0 and < 1)");
        assertRefused(() -> oneCycle(10, 0.5, Phases.THREE), "Invalid rise: 0.5 (must be < 0.5 with three phases)");
        assertRefused(
                () -> new OneCycleSchedule(0, 1, 0, 10, 0.3, Phases.TWO, Shape.TRIANGLE),
                "Invalid shape: triangle (must be cosine or linear)");
        assertRefused(() -> new Bounds(1, 0), "Invalid bounds: 1.0 to 0.0 (must not be NaN, and in order)");
    }

    @Test
    void listsThatDoNotFitAreRefused() {
        assertRefused(() -> new MultiStepSchedule(1, 1, List.of()), "Invalid milestones: [] (must be at least one)");
        assertRefused(
                () -> new MultiStepSchedule(1, 1, List.of(3.0, 2.0)),
                "Invalid milestones: [3.0, 2.0] (must be in ascending order)");
        assertRefused(() -> new PiecewiseLinearSchedule(List.of()), "Invalid points: [] (must be at least one)");
        assertRefused(
                () -> new PiecewiseLinearSchedule(List.of(new Point(2, 0), new Point(1, 0))),
                "Invalid points: step 1.0 after step 2.0 (must be in ascending order)");
        assertRefused(() -> new ConcatSchedule(List.of(), List.of()), "Invalid schedules: [] (must be at least one)");
        assertRefused(
                () -> new ConcatSchedule(List.of(LINE), List.of(1.0)),
                "Invalid durations: 1 of 1 schedules (must be one of each but the last)");
        assertRefused(
                () -> new ConcatSchedule(List.of(LINE, LINE), List.of(0.0)),
                "Invalid duration: 0.0 (must be a finite number > 0)");
        assertRefused(
                () -> LINE.after(0, 5).after(0, 5),
                "Cannot warm up: " + LINE.after(0, 5) + " warms up itself (expected another schedule)");
    }

    private static OneCycleSchedule oneCycle(double steps, double rise, Phases phases) {
        return new OneCycleSchedule(0, 1, 0, steps, rise, phases, Shape.LINEAR);
    }

    private static void assertRefused(Runnable creation, String message) {
        assertThatIllegalArgumentException().isThrownBy(creation::run).withMessage(message);
    }
}
