package io.firesteel.spark.bench;

import io.firesteel.engine.train.StepArrangement;
import io.firesteel.engine.train.StepTimes;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one rank of the step benchmark has measured.
 *
 * @param process where it ran
 * @param times of the arrangements that it took part in
 */
record StepResult(String process, Map<StepArrangement, StepTimes> times) implements Serializable {
    StepResult {
        times = new EnumMap<>(times);
    }
}
