package io.firesteel.engine.schedule;

import java.util.List;

/**
 * Schedules one after the other, each from its own step 0 for its duration, the last one for ever. Ignite's {@code
 * ConcatScheduler}, and PyTorch's {@code SequentialLR}, whose milestones are the sums of the durations. PyTorch's {@code ConstantLR}
 * is one of two constants.
 *
 * @param schedules at least one
 * @param durations of all schedules but the last, in steps, &gt; 0
 */
public record ConcatSchedule(List<Schedule> schedules, List<Double> durations) implements Schedule {
    public ConcatSchedule {
        schedules = List.copyOf(schedules);
        durations = List.copyOf(durations);
        if (schedules.isEmpty()) {
            throw new IllegalArgumentException("Invalid schedules: [] (must be at least one)");
        }
        if (durations.size() != schedules.size() - 1) {
            throw new IllegalArgumentException("Invalid durations: " + durations.size() + " of " + schedules.size()
                    + " schedules (must be one of each but the last)");
        }
        durations.forEach(duration -> Range.positive("duration", duration));
    }

    @Override
    public double value(double step) {
        double rest = step;
        int index = 0;
        while (index < durations.size() && rest >= durations.get(index)) {
            rest -= durations.get(index);
            index++;
        }
        return schedules.get(index).value(rest);
    }

    @Override
    public Bounds bounds() {
        return schedules.stream().map(Schedule::bounds).reduce(Bounds::and).orElseThrow();
    }
}
