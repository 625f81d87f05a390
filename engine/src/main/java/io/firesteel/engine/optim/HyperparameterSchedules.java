package io.firesteel.engine.optim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sets the hyper-parameters of a running optimizer as an {@link Optimization} schedules them. Scheduled values follow from the place
 * in the run alone, so that every replica sets the same, and a run that goes on from a checkpoint needs nothing else. Only plateaus
 * have a state, which belongs into a checkpoint.
 */
public final class HyperparameterSchedules {
    /** The value of a place in the run. */
    @FunctionalInterface
    private interface Source {
        double at(long iteration, double epochPosition);
    }

    private record Binding(Scheduled scheduled, int group, Source source) {}

    private final List<Plateau> plateaus;
    private final List<Binding> bindings = new ArrayList<>();

    /** The schedules of an optimization; those for all parameters come before those for a group, which overrule them. */
    public HyperparameterSchedules(Optimization optimization) {
        List<String> groups =
                optimization.groups().stream().map(ParameterGroup::parameters).toList();
        this.plateaus = optimization.plateaus().stream()
                .map(plateau -> new Plateau(plateau, plateau.first(optimization)))
                .toList();
        optimization
                .schedules()
                .forEach(scheduled -> bind(
                        scheduled,
                        groups,
                        (iteration, epochs) ->
                                scheduled.schedule().at(scheduled.pace().step(iteration, epochs))));
        plateaus.forEach(plateau -> bind(plateau.definition(), groups, (iteration, epochs) -> plateau.value()));
        bindings.sort(Comparator.comparing(binding -> !binding.scheduled().isForAll()));
    }

    private void bind(Scheduled scheduled, List<String> groups, Source source) {
        bindings.add(new Binding(scheduled, groups.indexOf(scheduled.group()), source));
    }

    /** Whether there is nothing to set. */
    public boolean isEmpty() {
        return bindings.isEmpty();
    }

    /** Those that have to be told a metric at the end of each epoch. */
    public List<Plateau> plateaus() {
        return plateaus;
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
            Scheduled scheduled = binding.scheduled();
            double value = binding.source().at(iteration, epochPosition);
            if (scheduled.isForAll()) {
                optimizer.set(scheduled.parameter(), value);
            } else {
                optimizer.set(scheduled.parameter(), binding.group(), value);
            }
        }
    }
}
