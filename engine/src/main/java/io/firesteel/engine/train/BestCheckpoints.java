package io.firesteel.engine.train;

import io.firesteel.engine.schedule.ReducePlateau.Mode;
import java.io.Serializable;
import java.util.Objects;

/**
 * Which checkpoints stay for their scores: of those at the ends of epochs the best few by a merged metric. NaN never is among
 * them; of equal scores the earlier one stays.
 *
 * @param metric name of the metric, such as {@code validation.loss}
 * @param mode whether lower or higher values are better
 * @param keep how many stay, &gt;= 0
 */
public record BestCheckpoints(String metric, Mode mode, int keep) implements Serializable {
    /** No checkpoints for their scores. */
    public static final BestCheckpoints NONE = new BestCheckpoints("", Mode.MIN, 0);

    public BestCheckpoints {
        Objects.requireNonNull(mode, "mode");
        if (keep < 0) {
            throw new IllegalArgumentException("Invalid keep: " + keep + " (must be >= 0)");
        }
        if (keep > 0 && metric.isBlank()) {
            throw new IllegalArgumentException("Invalid metric: " + metric + " (must not be blank)");
        }
    }

    /** Whether there are any. */
    public boolean areKept() {
        return keep > 0;
    }

    boolean isBetter(double score, double other) {
        return mode == Mode.MIN ? score < other : score > other;
    }
}
