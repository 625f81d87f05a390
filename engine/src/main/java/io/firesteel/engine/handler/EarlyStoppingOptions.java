package io.firesteel.engine.handler;

import io.firesteel.engine.schedule.ReducePlateau.Measure;
import io.firesteel.engine.schedule.ReducePlateau.Mode;
import java.io.Serializable;
import java.util.Objects;

/**
 * When {@link EarlyStopping} stops a run. A value is an improvement if it is better than the best so far by more than {@code
 * minDelta}; where there is no finite best yet, if it is better at all.
 *
 * @param metric name among the engine's metrics, such as {@code validation.loss}
 * @param mode whether lower or higher values are better
 * @param patience epochs without improvement after which the run stops, &gt; 0
 * @param minDelta what an improvement has to exceed, finite, &gt;= 0
 * @param measure whether {@code minDelta} is a distance or a share of the best's absolute value
 * @param baseline what values are compared with
 * @param nan what is done about a value that is NaN
 */
public record EarlyStoppingOptions(
        String metric, Mode mode, long patience, double minDelta, Measure measure, Baseline baseline, Nan nan)
        implements Serializable {
    /** What values are compared with. */
    public enum Baseline {
        /** The best value so far: many small steps, each within {@code minDelta}, are no improvement. */
        BEST("best"),
        /** The last value that was an improvement: many small steps are one once they exceed {@code minDelta} together. */
        LAST_IMPROVEMENT("lastImprovement");

        private final String label;

        Baseline(String label) {
            this.label = label;
        }

        /** The name in job files. */
        public String label() {
            return label;
        }
    }

    /** What is done about a value that is NaN. */
    public enum Nan {
        /** It counts as any other value without improvement, and never becomes the best. */
        NO_IMPROVEMENT("noImprovement"),
        /** The run stops at once. */
        STOP("stop");

        private final String label;

        Nan(String label) {
            this.label = label;
        }

        /** The name in job files. */
        public String label() {
            return label;
        }
    }

    public EarlyStoppingOptions {
        Valid.name("metric", metric);
        Objects.requireNonNull(mode, "mode");
        Valid.positive("patience", patience);
        Valid.notNegative("minDelta", minDelta);
        Objects.requireNonNull(measure, "measure");
        Objects.requireNonNull(baseline, "baseline");
        Objects.requireNonNull(nan, "nan");
    }

    /** Any better value is an improvement, and NaN is none. */
    public static EarlyStoppingOptions of(String metric, Mode mode, long patience) {
        return new EarlyStoppingOptions(metric, mode, patience, 0, Measure.ABSOLUTE, Baseline.BEST, Nan.NO_IMPROVEMENT);
    }

    /** The same with something that an improvement has to exceed. */
    public EarlyStoppingOptions withMinDelta(double newMinDelta, Measure newMeasure) {
        return new EarlyStoppingOptions(metric, mode, patience, newMinDelta, newMeasure, baseline, nan);
    }

    /** The same with another value to compare with. */
    public EarlyStoppingOptions withBaseline(Baseline newBaseline) {
        return new EarlyStoppingOptions(metric, mode, patience, minDelta, measure, newBaseline, nan);
    }

    /** The same with another way to treat NaN. */
    public EarlyStoppingOptions withNan(Nan newNan) {
        return new EarlyStoppingOptions(metric, mode, patience, minDelta, measure, baseline, newNan);
    }

    /** Whether a value is better at all; NaN is neither better nor what something can be better than. */
    boolean isBetter(double value, double best) {
        return mode == Mode.MIN ? value < best : value > best;
    }

    boolean isImprovement(double value, double best) {
        if (!Double.isFinite(best)) {
            return isBetter(value, best);
        }
        double margin = measure == Measure.RELATIVE ? minDelta * Math.abs(best) : minDelta;
        return isBetter(value, mode == Mode.MIN ? best - margin : best + margin);
    }
}
