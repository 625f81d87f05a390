package io.firesteel.engine.optim;

import io.firesteel.engine.schedule.ReducePlateau;

/** A {@link HyperparameterPlateau} of a running optimizer, and where it stands: what it is told decides what is set next. */
public final class Plateau {
    private final HyperparameterPlateau definition;
    private final double first;
    private ReducePlateau.State state;

    Plateau(HyperparameterPlateau definition, double first) {
        this.definition = definition;
        this.first = first;
        this.state = definition.rule().begin(first);
    }

    /** What it sets, when and how much. */
    public HyperparameterPlateau definition() {
        return definition;
    }

    /** The value that is set now. */
    public double value() {
        return state.value();
    }

    /** Forgets all metric values. */
    public void begin() {
        state = definition.rule().begin(first);
    }

    /**
     * Takes the metric of one more epoch into account. All replicas must tell the same.
     *
     * @param metric any, NaN too
     */
    public void next(double metric) {
        state = definition.rule().next(state, metric);
    }

    /** All that has to be remembered. */
    public ReducePlateau.State state() {
        return state;
    }

    /**
     * Goes on from a state that {@link #state()} gave.
     *
     * @throws IllegalArgumentException if its value is out of the hyper-parameter's range; nothing has changed
     */
    public void restore(ReducePlateau.State saved) {
        definition.parameter().check(saved.value());
        state = saved;
    }
}
