package io.firesteel.engine.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Points of a line, with a name for the legend.
 *
 * @param name of the line
 * @param points in the order in which they are joined; a point without a place on the axes breaks the line
 */
public record Series(String name, List<Point> points) {
    /**
     * A point in the units of the axes; NaN and infinity are allowed, and not drawn.
     */
    public record Point(double x, double y) {}

    public Series {
        Objects.requireNonNull(name, "name");
        points = List.copyOf(points);
    }

    /** Values at x = 0, 1, 2, … */
    public static Series ofValues(String name, double... values) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            points.add(new Point(i, values[i]));
        }
        return new Series(name, points);
    }
}
