package io.firesteel.engine.optim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sets the hyper-parameters of a running optimizer as an {@link Optimization} schedules them. The values follow from the place in the run
 * alone, so that every replica sets the same, and a run that goes on from a checkpoint needs nothing else.
 */
public final class HyperparameterSchedules {
    private record Binding(HyperparameterSchedule scheduled, int group) {}

    private final List<Binding> bindings = new ArrayList<>();

    /** The schedules of an optimization; those for all parameters come before those for a group, which overrule them. */
    public HyperparameterSchedules(Optimization optimization) {
        List<String> groups =
                optimization.groups().stream().map(ParameterGroup::parameters).toList();
        optimization.schedules().stream()
                .sorted(Comparator.comparing(scheduled -> !scheduled.isForAll()))
                .forEach(scheduled -> bindings.add(new Binding(scheduled, groups.indexOf(scheduled.group()))));
    }

    /** Whether there is nothing to set. */
    public boolean isEmpty() {
        return bindings.isEmpty();
    }

    /**
     * Sets the values for the next step.
     *
     * @param optimizer of the same optimization
     * @param iteration iterations completed since the run began, &gt;= 0
     * @param epochPosition epochs completed, and the share of the epoch at hand that is: 1.5 is the middle of the second epoch
     * @throws IllegalArgumentException if a schedule that grows without end has left the range of its hyper-parameter
     */
    public void apply(Optimizer optimizer, long iteration, double epochPosition) {
        for (Binding binding : bindings) {
            HyperparameterSchedule scheduled = binding.scheduled();
            double value = scheduled.schedule().at(scheduled.pace().step(iteration, epochPosition));
            if (scheduled.isForAll()) {
                optimizer.set(scheduled.parameter(), value);
            } else {
                optimizer.set(scheduled.parameter(), binding.group(), value);
            }
        }
    }
}
