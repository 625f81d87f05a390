package io.firesteel.engine.optim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The hyper-parameters of every group for the next step: those of the groups in their order, then those of the parameters that are in
 * none. A value that is set for all reaches a group with an own value in proportion.
 */
final class GroupValues {
    private final Map<Tunable, Double> base;
    private final List<Map<Tunable, Double>> own = new ArrayList<>();
    private final List<StepValues> current;

    GroupValues(Optimization optimization) {
        this.base = new EnumMap<>(optimization.optimizer().tunables());
        for (ParameterGroup group : optimization.groups()) {
            Map<Tunable, Double> values = new EnumMap<>(base);
            values.put(Tunable.LEARNING_RATE, group.learningRate());
            values.put(Tunable.WEIGHT_DECAY, group.weightDecay());
            own.add(values);
        }
        own.add(base);
        this.current = own.stream().map(StepValues::new).toList();
    }

    /** The values of all groups, then of the parameters in none. */
    List<StepValues> all() {
        return current;
    }

    double value(Tunable tunable) {
        checkHas("read", tunable);
        return current.get(current.size() - 1).of(tunable);
    }

    void set(Tunable tunable, double value) {
        checkHas("set", tunable);
        tunable.check(value);
        for (int group = 0; group < current.size(); group++) {
            current.get(group).set(tunable, inProportion(value, own.get(group).get(tunable), base.get(tunable)));
        }
    }

    void set(Tunable tunable, int group, double value) {
        checkHas("set", tunable);
        if (group < 0 || group >= current.size() - 1) {
            throw new IllegalArgumentException("Cannot set " + tunable.label() + " of group " + group + ": there are "
                    + (current.size() - 1) + " groups (expected an index from 0)");
        }
        current.get(group).set(tunable, tunable.check(value));
    }

    /** A share of nothing can't be had: an own value beside a base of 0 stays. */
    private static double inProportion(double value, double own, double base) {
        if (own == base) {
            return value;
        }
        return base == 0 ? own : own * (value / base);
    }

    private void checkHas(String verb, Tunable tunable) {
        if (!base.containsKey(tunable)) {
            throw new IllegalArgumentException("Cannot " + verb + " " + tunable.label()
                    + ": the optimizer has none that can change (expected one of: " + Tunable.labels(base.keySet())
                    + ")");
        }
    }
}
