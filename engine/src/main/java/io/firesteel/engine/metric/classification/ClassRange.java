package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricInput;

/** Which classes a batch may have. */
final class ClassRange {
    private ClassRange() {}

    /**
     * The class of a row.
     *
     * @param classes how many there are; 0 if that isn't known
     * @throws IllegalArgumentException if it is negative, or not below {@code classes}
     */
    static int label(MetricInput input, int row, int classes) {
        return checked(input.classLabel(row), row, classes == 0 ? Integer.MAX_VALUE : classes);
    }

    /** The same of a class that is read already. */
    static int checked(long label, int row, int classes) {
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(
                    "Invalid class: " + label + " in row " + row + " of a batch (must be in [0, " + classes + "))");
        }
        return (int) label;
    }

    /** Refuses rows of several labels on behalf of a metric that is for rows of one class. */
    static void checkOneClass(MetricInput input, String metric) {
        if (input.isMultilabel()) {
            throw new IllegalArgumentException("Cannot compute " + metric + ": rows have several labels each ("
                    + input.targetColumns() + ", expected one class)");
        }
    }
}
