package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;

/** What a classifier got right and wrong, of rows of one class each or of several labels each; which of them shows with the first row. */
final class Confusion implements MetricState<Confusion> {
    private final ClassTable classes;
    private final LabelTable labels;

    /**
     * Of no rows.
     *
     * @param limit as {@link ClassTable}
     */
    Confusion(int limit) {
        this(new ClassTable(limit), new LabelTable());
    }

    private Confusion(ClassTable classes, LabelTable labels) {
        this.classes = classes;
        this.labels = labels;
    }

    void update(MetricInput input) {
        if (input.rows() == 0) {
            return;
        }
        if (input.isMultilabel()) {
            labels.update(input);
        } else {
            classes.update(input);
        }
        checkOneKind();
    }

    private void checkOneKind() {
        if (classes.rows() > 0 && labels.rows() > 0) {
            throw new IllegalArgumentException(
                    "Cannot count rows of one class each together with rows of several labels (" + classes.rows()
                            + " and " + labels.rows() + " rows, expected one kind only)");
        }
    }

    ClassTable classes() {
        return classes;
    }

    LabelTable labels() {
        return labels;
    }

    boolean isMultilabel() {
        return labels.rows() > 0;
    }

    Outcomes outcomes() {
        return isMultilabel() ? labels.outcomes() : classes.outcomes();
    }

    @Override
    public Confusion plus(Confusion other) {
        Confusion merged = new Confusion(classes.empty(), new LabelTable());
        merged.classes.add(classes);
        merged.classes.add(other.classes);
        merged.labels.add(labels);
        merged.labels.add(other.labels);
        merged.checkOneKind();
        return merged;
    }

    @Override
    public long rows() {
        return classes.rows() + labels.rows();
    }

    @Override
    public void write(StateOutput output) {
        classes.write(output);
        labels.write(output);
    }

    static Confusion read(int limit, StateInput input) {
        return new Confusion(ClassTable.read(limit, input), LabelTable.read(input));
    }
}
