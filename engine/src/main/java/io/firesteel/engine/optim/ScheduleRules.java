package io.firesteel.engine.optim;

import io.firesteel.engine.schedule.Bounds;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What schedules must keep to, to fit an optimizer and its groups. */
final class ScheduleRules {
    private ScheduleRules() {}

    /** @throws IllegalArgumentException if a schedule sets what isn't there, twice, or out of its range */
    static void check(
            OptimizerSpec optimizer,
            List<ParameterGroup> groups,
            List<HyperparameterSchedule> schedules,
            List<HyperparameterPlateau> plateaus) {
        Set<String> targets = new HashSet<>();
        for (HyperparameterSchedule schedule : schedules) {
            checkTarget(schedule, optimizer, groups, targets);
            checkBounds(schedule);
        }
        for (HyperparameterPlateau plateau : plateaus) {
            checkTarget(plateau, optimizer, groups, targets);
            checkReaches(plateau, plateau.rule().minimum());
        }
    }

    private static void checkTarget(
            Scheduled scheduled, OptimizerSpec optimizer, List<ParameterGroup> groups, Set<String> targets) {
        checkParameter(scheduled, optimizer);
        checkGroup(scheduled, groups);
        if (!targets.add(scheduled.target())) {
            throw new IllegalArgumentException("Cannot schedule " + scheduled.target()
                    + ": it has two schedules (expected one; type concat joins them)");
        }
    }

    private static void checkParameter(Scheduled schedule, OptimizerSpec optimizer) {
        Set<Tunable> tunables = optimizer.tunables().keySet();
        if (!tunables.contains(schedule.parameter())) {
            throw new IllegalArgumentException("Cannot schedule " + schedule.target()
                    + ": the optimizer has none that can change (expected one of: "
                    + Tunable.labels(EnumSet.copyOf(tunables)) + ")");
        }
    }

    private static void checkGroup(Scheduled schedule, List<ParameterGroup> groups) {
        List<String> known = groups.stream().map(ParameterGroup::parameters).toList();
        if (!schedule.isForAll() && !known.contains(schedule.group())) {
            throw new IllegalArgumentException("Cannot schedule " + schedule.target()
                    + ": there is no such group (expected one of: " + String.join(", ", known) + ")");
        }
    }

    /** A value that grows without end may stay in range as long as training lasts. */
    private static void checkBounds(HyperparameterSchedule schedule) {
        Bounds bounds = schedule.schedule().bounds();
        for (double end : new double[] {bounds.lowest(), Math.min(bounds.highest(), Double.MAX_VALUE)}) {
            checkReaches(schedule, end);
        }
    }

    private static void checkReaches(Scheduled scheduled, double value) {
        if (!scheduled.parameter().accepts(value)) {
            throw new IllegalArgumentException("Cannot schedule " + scheduled.target() + ": it reaches " + value
                    + " (must be " + scheduled.parameter().range() + ")");
        }
    }
}
