package io.firesteel.engine.train;

import java.io.Serializable;
import java.util.List;

/**
 * How long a step of one replica took, in microseconds. The figures are means over the middle fifth of all steps in the order
 * of their length: medians in effect, but of the same steps, so that the phases and the rest add up to the step. Phases that an
 * arrangement doesn't measure are 0.
 *
 * @param step from the end of one step to the end of the next, handlers included
 * @param forward as {@link Phase#FORWARD}
 * @param backward as {@link Phase#BACKWARD}
 * @param reduce as {@link Phase#REDUCE}
 * @param optimizer as {@link Phase#OPTIMIZER}
 * @param data as {@link Phase#DATA}, a part of {@link #other()}
 * @param metrics as {@link Phase#METRICS}, a part of {@link #other()}
 * @param rowsPerSecond of each block, slow steps included
 */
public record StepTimes(
        double step,
        double forward,
        double backward,
        double reduce,
        double optimizer,
        double data,
        double metrics,
        List<Double> rowsPerSecond)
        implements Serializable {
    public StepTimes {
        rowsPerSecond = List.copyOf(rowsPerSecond);
    }

    /** All of the step that is neither libtorch nor the exchange nor the update: batches, metrics, events, this engine's own. */
    public double other() {
        return step - forward - backward - reduce - optimizer;
    }
}
