package io.firesteel.engine.schedule;

import java.io.Serializable;
import java.util.List;

/**
 * Straight lines between points: the first point's value before it, the last one's after it. Two points at one step make a jump, at
 * which the later one holds. Ignite's {@code PiecewiseLinear}.
 *
 * @param points in the order of their steps, at least one
 */
public record PiecewiseLinearSchedule(List<Point> points) implements Schedule {
    /**
     * A value at a step.
     *
     * @param step &gt;= 0
     * @param value finite
     */
    public record Point(double step, double value) implements Serializable {
        public Point {
            Range.notNegative("step", step);
            Range.finite("value", value);
        }
    }

    public PiecewiseLinearSchedule {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("Invalid points: [] (must be at least one)");
        }
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).step() < points.get(i - 1).step()) {
                throw new IllegalArgumentException(
                        "Invalid points: step " + points.get(i).step() + " after step "
                                + points.get(i - 1).step() + " (must be in ascending order)");
            }
        }
    }

    @Override
    public double value(double step) {
        int next = 0;
        while (next < points.size() && points.get(next).step() <= step) {
            next++;
        }
        if (next == 0 || next == points.size()) {
            return points.get(Math.max(0, next - 1)).value();
        }
        Point from = points.get(next - 1);
        Point to = points.get(next);
        return Shape.LINEAR.between(from.value(), to.value(), (step - from.step()) / (to.step() - from.step()));
    }

    @Override
    public Bounds bounds() {
        return Bounds.around(points.stream().mapToDouble(Point::value).toArray());
    }
}
