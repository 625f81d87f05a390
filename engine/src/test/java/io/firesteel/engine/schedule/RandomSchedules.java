package io.firesteel.engine.schedule;

import io.firesteel.engine.schedule.OneCycleSchedule.Phases;
import io.firesteel.engine.schedule.PiecewiseLinearSchedule.Point;
import java.util.List;
import java.util.Random;

/** Schedules of every kind. */
final class RandomSchedules {
    private final Random random;

    private RandomSchedules(Random random) {
        this.random = random;
    }

    static Schedule any(Random random) {
        return new RandomSchedules(random).any();
    }

    private Schedule any() {
        return switch (random.nextInt(4)) {
            case 0 -> simple().after(value(), steps());
            case 1 -> new ConcatSchedule(List.of(simple(), simple(), simple()), List.of(steps(), steps()));
            default -> simple();
        };
    }

    private Schedule simple() {
        return switch (random.nextInt(12)) {
            case 0 -> new ConstantSchedule(value());
            case 1 -> new LinearSchedule(value(), value(), steps());
            case 2 -> new PolynomialSchedule(value(), value(), steps(), 0.1 + 3 * random.nextDouble());
            case 3 -> new ExponentialSchedule(value(), factor());
            case 4 -> new StepSchedule(value(), factor(), steps());
            case 5 -> new MultiStepSchedule(value(), factor(), List.of(1.0, 7.0, 30.0));
            case 6 -> new CosineSchedule(value(), value(), steps());
            case 7 ->
                new CyclicSchedule(
                        shape(Shape.values()), value(), value(), steps(), 1 + random.nextInt(2), share(), share(), 0);
            case 8 -> new TriangularSchedule(value(), value(), steps(), steps(), share(), share());
            case 9 ->
                new OneCycleSchedule(
                        value(),
                        value(),
                        value(),
                        1 + steps(),
                        0.49 * share(),
                        Phases.THREE,
                        shape(Shape.COSINE, Shape.LINEAR));
            case 10 -> new InverseSquareRootSchedule(value(), steps());
            default -> new PiecewiseLinearSchedule(List.of(new Point(3, value()), new Point(30, value())));
        };
    }

    private Shape shape(Shape... shapes) {
        return shapes[random.nextInt(shapes.length)];
    }

    private double value() {
        return random.nextInt(5) == 0 ? 0 : random.nextDouble() - 0.3;
    }

    private double steps() {
        return random.nextBoolean() ? 1 + random.nextInt(50) : 0.01 + 50 * random.nextDouble();
    }

    private double factor() {
        return random.nextInt(4) == 0 ? 1 : 0.2 + random.nextDouble();
    }

    private double share() {
        return 1 - random.nextDouble() * 0.9;
    }
}
