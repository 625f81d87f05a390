package io.firesteel.engine.schedule;

import io.firesteel.engine.plot.Axis;
import io.firesteel.engine.plot.LinePlot;
import io.firesteel.engine.plot.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pictures of schedules. */
public final class SchedulePlot {
    /** More than a picture's pixels can show would only make it large. */
    private static final int POINTS = 300;

    private SchedulePlot() {}

    /**
     * A plot of values over steps: of all steps, or where there are more than a picture can show, of every so many.
     *
     * @param title above the picture
     * @param schedules name to schedule, in the order of the legend, at least one
     * @param steps how many, from step 0 on, &gt;= 0
     * @throws IllegalArgumentException if there are no schedules
     */
    public static LinePlot of(String title, Map<String, Schedule> schedules, int steps) {
        List<Series> series = schedules.entrySet().stream()
                .map(entry -> new Series(entry.getKey(), points(entry.getValue(), steps)))
                .toList();
        return new LinePlot(title, Axis.linear("step"), Axis.linear("value"), series);
    }

    private static List<Series.Point> points(Schedule schedule, int steps) {
        int stride = Math.max(1, steps / POINTS);
        List<Series.Point> points = new ArrayList<>();
        for (int step = 0; step < steps; step += stride) {
            points.add(new Series.Point(step, schedule.at(step)));
        }
        return points;
    }
}
