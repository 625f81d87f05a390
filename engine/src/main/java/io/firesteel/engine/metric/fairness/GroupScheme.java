package io.firesteel.engine.metric.fairness;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.MetricParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * What is counted of each group.
 *
 * @param labelled whether labels are read
 * @param positive the class that counts as a positive decision
 * @param maximumGroups how many groups there may be
 */
record GroupScheme(boolean labelled, long positive, int maximumGroups) {
    private static final int STANDARD_POSITIVE = 1;
    private static final int STANDARD_MAXIMUM = 10_000;

    static final MetricParameter POSITIVE = MetricParameter.integer(
            "positive", STANDARD_POSITIVE, 0, Integer.MAX_VALUE, "the class that is a positive decision");
    static final MetricParameter MAXIMUM_GROUPS = MetricParameter.integer(
            "maximumGroups", STANDARD_MAXIMUM, 1, 10_000_000, "how many groups there may be, at 100 bytes each");

    /** Decisions and labels: what all rates can be computed from. */
    static GroupScheme decisions(MetricParameters parameters) {
        return of(true, parameters);
    }

    /** Decisions only, of rows that may have no label. */
    static GroupScheme selections(MetricParameters parameters) {
        return of(false, parameters);
    }

    private static GroupScheme of(boolean labelled, MetricParameters parameters) {
        return new GroupScheme(labelled, parameters.integer("positive"), parameters.integer("maximumGroups"));
    }

    /** Parameters at their standard go without saying. */
    String stateName() {
        List<String> others = new ArrayList<>();
        if (positive != STANDARD_POSITIVE) {
            others.add("positive=" + positive);
        }
        if (maximumGroups != STANDARD_MAXIMUM) {
            others.add("maximumGroups=" + maximumGroups);
        }
        String name = labelled ? "groupDecisions" : "groupSelections";
        return others.isEmpty() ? name : name + "(" + String.join(",", others) + ")";
    }

    int counts() {
        return labelled ? GroupCounts.TRUE_NEGATIVE + 1 : GroupCounts.SELECTED + 1;
    }

    void checkGroups(int groups) {
        if (groups > maximumGroups) {
            throw new IllegalArgumentException("Cannot count groups: too many (" + groups + ", expected at most "
                    + maximumGroups + "; the metric's parameter maximumGroups says how many)");
        }
    }

    void add(GroupCounts state, MetricInput input) {
        int classes = labelled ? input.predictedClasses() : 0;
        for (int row = 0; row < input.rows(); row++) {
            state.countRow();
            if (input.weight(row) > 0) {
                add(state.group(input.group(row)), input, row, classes);
            }
        }
    }

    private void add(double[] counts, MetricInput input, int row, int classes) {
        double weight = input.weight(row);
        long predicted = input.predictedClass(row);
        counts[GroupCounts.WEIGHT] += weight;
        if (predicted == positive) {
            counts[GroupCounts.SELECTED] += weight;
        }
        if (labelled) {
            long label = checkedClass(input, row, classes == 0 ? Integer.MAX_VALUE : classes);
            counts[GroupCounts.RIGHT] += predicted == label ? weight : 0;
            counts[outcome(predicted == positive, label == positive)] += weight;
        }
    }

    private static int outcome(boolean decision, boolean truth) {
        if (decision) {
            return truth ? GroupCounts.TRUE_POSITIVE : GroupCounts.FALSE_POSITIVE;
        }
        return truth ? GroupCounts.FALSE_NEGATIVE : GroupCounts.TRUE_NEGATIVE;
    }

    private static long checkedClass(MetricInput input, int row, int classes) {
        long label = input.classLabel(row);
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(
                    "Invalid class: " + label + " in row " + row + " of a batch (must be in [0, " + classes + "))");
        }
        return label;
    }
}
