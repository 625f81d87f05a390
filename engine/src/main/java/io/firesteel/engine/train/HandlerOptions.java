package io.firesteel.engine.train;

import io.firesteel.engine.handler.EarlyStoppingOptions;
import io.firesteel.engine.handler.EmaOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The handlers that a run has besides those of a user's setups: a value that crosses Spark.
 *
 * @param earlyStopping when a metric that doesn't improve ends the run; one for each metric at most
 * @param timeLimit what the run may take; null: as long as it needs
 * @param terminateOnNan whether a loss that is no finite number ends the run as stopped, with the weights before that step; else
 *     it fails
 * @param ema an average of the weights that validation and the trained model use; null: none
 */
public record HandlerOptions(
        List<EarlyStoppingOptions> earlyStopping, Duration timeLimit, boolean terminateOnNan, EmaOptions ema)
        implements Serializable {
    /** No handlers. */
    public static final HandlerOptions NONE = new HandlerOptions(List.of(), null, false, null);

    public HandlerOptions {
        earlyStopping = List.copyOf(earlyStopping);
        Set<String> metrics = new HashSet<>();
        for (EarlyStoppingOptions options : earlyStopping) {
            if (!metrics.add(options.metric())) {
                throw new IllegalArgumentException(
                        "Invalid earlyStopping: two watch " + options.metric() + " (must be one for each metric)");
            }
        }
        if (timeLimit != null && (timeLimit.isNegative() || timeLimit.isZero())) {
            throw new IllegalArgumentException("Invalid timeLimit: " + timeLimit + " (must be > 0)");
        }
    }

    /** What the run may take, if it is limited. */
    public Optional<Duration> findTimeLimit() {
        return Optional.ofNullable(timeLimit);
    }

    /** How weights are averaged, if they are. */
    public Optional<EmaOptions> findEma() {
        return Optional.ofNullable(ema);
    }
}
