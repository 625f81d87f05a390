package io.firesteel.spark.config;

import io.firesteel.engine.optim.HyperparameterSchedule;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.ParameterGroup;
import io.firesteel.engine.optim.Tunable;
import io.firesteel.engine.schedule.ConcatSchedule;
import io.firesteel.engine.schedule.ConstantSchedule;
import io.firesteel.engine.schedule.CosineSchedule;
import io.firesteel.engine.schedule.CyclicSchedule;
import io.firesteel.engine.schedule.ExponentialSchedule;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Schedules of every kind that fit an optimizer, with values in (0, 1). */
final class RandomSchedules {
    private final Random random;

    RandomSchedules(Random random) {
        this.random = random;
    }

    /** None, one or two, of what the optimizer has. */
    List<HyperparameterSchedule> of(OptimizerSpec optimizer, List<ParameterGroup> groups) {
        List<HyperparameterSchedule> schedules = new ArrayList<>();
        List<Tunable> tunables = List.copyOf(optimizer.tunables().keySet());
        if (random.nextBoolean()) {
            schedules.add(HyperparameterSchedule.of(pick(tunables), pick(List.of(Pace.values())), schedule()));
        }
        if (!groups.isEmpty() && random.nextBoolean()) {
            String group = pick(groups).parameters();
            schedules.add(new HyperparameterSchedule(pick(tunables), group, pick(List.of(Pace.values())), schedule()));
        }
        return schedules;
    }

    private Schedule schedule() {
        return switch (random.nextInt(4)) {
            case 0 -> simple().after(value(), steps());
            case 1 ->
                new ConcatSchedule(
                        List.of(simple().after(value(), steps()), simple(), simple()), List.of(steps(), steps()));
            default -> simple();
        };
    }

    private Schedule simple() {
        return switch (random.nextInt(11)) {
            case 0 -> new ConstantSchedule(value());
            case 1 -> new LinearSchedule(value(), value(), steps());
            case 2 -> new PolynomialSchedule(value(), value(), steps(), value());
            case 3 -> new ExponentialSchedule(value(), 1);
            case 4 -> new StepSchedule(value(), 1, steps());
            case 5 -> new MultiStepSchedule(value(), value(), List.of(value(), 1 + value()));
            case 6 -> new CosineSchedule(value(), value(), steps());
            case 7 -> cyclic();
            case 8 -> new TriangularSchedule(value(), value(), steps(), steps(), value(), value());
            case 9 ->
                new OneCycleSchedule(
                        value(),
                        value(),
                        value(),
                        1 + steps(),
                        0.49 * value(),
                        pick(List.of(Phases.values())),
                        pick(List.of(Shape.COSINE, Shape.LINEAR)));
            default ->
                new PiecewiseLinearSchedule(List.of(new Point(value(), value()), new Point(1 + value(), value())));
        };
    }

    private CyclicSchedule cyclic() {
        Shape shape = pick(List.of(Shape.values()));
        double returnSteps = shape == Shape.TRIANGLE ? 0 : steps();
        return new CyclicSchedule(shape, value(), value(), steps(), 1 + value(), 1, 1, returnSteps);
    }

    private double value() {
        return 0.001 + 0.998 * random.nextDouble();
    }

    private double steps() {
        return random.nextBoolean() ? 1 + random.nextInt(1000) : value() * 1000;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
