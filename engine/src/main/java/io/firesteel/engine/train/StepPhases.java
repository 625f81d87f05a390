package io.firesteel.engine.train;

import java.io.Serializable;

/**
 * How long a step took and where, in microseconds: the mean over some steps. Phases that an arrangement doesn't measure are 0.
 *
 * @param step from the end of one step to the end of the next, handlers included
 * @param forward as {@link Phase#FORWARD}
 * @param backward as {@link Phase#BACKWARD}
 * @param reduce as {@link Phase#REDUCE}
 * @param optimizer as {@link Phase#OPTIMIZER}
 * @param data as {@link Phase#DATA}, a part of {@link #other()}
 * @param metrics as {@link Phase#METRICS}, a part of {@link #other()}
 */
public record StepPhases(
        double step, double forward, double backward, double reduce, double optimizer, double data, double metrics)
        implements Serializable {
    /** All of the step that is neither libtorch nor the exchange nor the update: batches, metrics, events, this engine's own. */
    public double other() {
        return step - forward - backward - reduce - optimizer;
    }
}
