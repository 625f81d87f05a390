package io.firesteel.engine.train;

import java.io.Serializable;
import java.util.List;

/**
 * What one replica has measured of one arrangement.
 *
 * @param typical over the middle fifth of all steps in the order of their length: a median in effect, but of one set of steps, so
 *     that the phases and the rest add up to the step
 * @param quickest over the quickest tenth of all steps: what the machine can do when nothing else disturbs it
 * @param rowsPerSecond of each block, slow steps included
 */
public record StepTimes(StepPhases typical, StepPhases quickest, List<Double> rowsPerSecond) implements Serializable {
    public StepTimes {
        rowsPerSecond = List.copyOf(rowsPerSecond);
    }
}
