package io.firesteel.engine.schedule;

import io.firesteel.engine.plot.Axis;
import io.firesteel.engine.plot.LinePlot;
import io.firesteel.engine.plot.Series;
import java.util.List;
import java.util.Map;

/** Pictures of schedules. */
public final class SchedulePlot {
    private SchedulePlot() {}

    /**
     * A plot of values over steps.
     *
     * @param title above the picture
     * @param schedules name to schedule, in the order of the legend, at least one
     * @param steps how many, from step 0 on, &gt; 0
     */
    public static LinePlot of(String title, Map<String, Schedule> schedules, int steps) {
        List<Series> series = schedules.entrySet().stream()
                .map(entry -> Series.ofValues(entry.getKey(), entry.getValue().simulate(steps)))
                .toList();
        return new LinePlot(title, Axis.linear("step"), Axis.linear("value"), series);
    }
}
