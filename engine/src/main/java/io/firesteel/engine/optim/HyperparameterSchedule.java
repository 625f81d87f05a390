package io.firesteel.engine.optim;

import io.firesteel.engine.schedule.Pace;
import io.firesteel.engine.schedule.Schedule;
import java.io.Serializable;
import java.util.Objects;

/**
 * A schedule and what it sets: a value that crosses Spark. A schedule for all parameters gives absolute values to those in no group and
 * to groups that share the optimizer's value; to a group with a value of its own it gives that value in proportion, see {@link
 * Optimizer#set(Tunable, double)}. A schedule for a group gives that group absolute values.
 *
 * @param parameter the hyper-parameter
 * @param group the {@link ParameterGroup#parameters} of the group that it is for; empty: all parameters
 * @param pace what the steps of the schedule count
 * @param schedule its values
 */
public record HyperparameterSchedule(Tunable parameter, String group, Pace pace, Schedule schedule)
        implements Scheduled, Serializable {
    public HyperparameterSchedule {
        Objects.requireNonNull(parameter, "parameter");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(pace, "pace");
        Objects.requireNonNull(schedule, "schedule");
    }

    /** A schedule for all parameters. */
    public static HyperparameterSchedule of(Tunable parameter, Pace pace, Schedule schedule) {
        return new HyperparameterSchedule(parameter, "", pace, schedule);
    }
}
