package io.firesteel.engine.metric.fairness;

import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Weights of each group's rows, by decision and label. In the order of their names, so that the bytes don't depend on who came first. */
final class GroupCounts implements MetricState<GroupCounts> {
    /** Of all rows. */
    static final int WEIGHT = 0;
    /** Of rows with a positive decision. */
    static final int SELECTED = 1;
    /** Of rows whose class is predicted right; this and the following need labels. */
    static final int RIGHT = 2;
    /** Of rows that are positive and whose decision is. */
    static final int TRUE_POSITIVE = 3;
    /** Of rows that aren't positive but whose decision is. */
    static final int FALSE_POSITIVE = 4;
    /** Of rows that are positive but whose decision isn't. */
    static final int FALSE_NEGATIVE = 5;
    /** Of rows that aren't positive, nor is their decision. */
    static final int TRUE_NEGATIVE = 6;

    private final GroupScheme scheme;
    private final TreeMap<String, double[]> groups = new TreeMap<>();
    private long rows;

    GroupCounts(GroupScheme scheme) {
        this.scheme = scheme;
    }

    /** Counts a row of no weight, which is in no group. */
    void countRow() {
        rows++;
    }

    /** The weights of a row's group, to be added to. */
    double[] group(String name) {
        double[] counts = groups.get(name);
        if (counts == null) {
            scheme.checkGroups(groups.size() + 1);
            counts = new double[scheme.counts()];
            groups.put(name, counts);
        }
        return counts;
    }

    Map<String, double[]> groups() {
        return groups;
    }

    Collection<double[]> counts() {
        return groups.values();
    }

    /** As if there were only one group. */
    double[] overall() {
        double[] sums = new double[scheme.counts()];
        groups.values().forEach(counts -> addTo(sums, counts));
        return sums;
    }

    private static void addTo(double[] sums, double[] counts) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += counts[i];
        }
    }

    @Override
    public GroupCounts plus(GroupCounts other) {
        GroupCounts merged = new GroupCounts(scheme);
        groups.forEach((name, counts) -> addTo(merged.group(name), counts));
        other.groups.forEach((name, counts) -> addTo(merged.group(name), counts));
        merged.rows = Math.addExact(rows, other.rows);
        return merged;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void write(StateOutput output) {
        output.writeLong(rows);
        output.writeInt(groups.size());
        groups.forEach((name, counts) -> {
            output.writeText(name);
            output.writeDoubles(counts);
        });
    }

    static GroupCounts read(GroupScheme scheme, StateInput input) {
        GroupCounts state = new GroupCounts(scheme);
        state.rows = input.readLong();
        int count = input.readCount(Integer.BYTES + scheme.counts() * Double.BYTES);
        for (int i = 0; i < count; i++) {
            String name = input.readText();
            boolean ascending = i == 0 || state.groups.lastKey().compareTo(name) < 0;
            input.check(ascending, "groups out of order", name, "names in ascending order");
            state.groups.put(name, input.readDoubles(scheme.counts()));
        }
        return state;
    }
}
