package io.firesteel.engine.train;

import io.firesteel.engine.handler.EarlyStoppingOptions;
import io.firesteel.engine.handler.EmaOptions;
import io.firesteel.engine.handler.LearningRateFinderOptions;
import io.firesteel.engine.handler.SwaOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The handlers that a run has besides those of a user's setups: a value that crosses Spark.
 *
 * @param earlyStopping when a metric that doesn't improve ends the run; one for each metric at most
 * @param timeLimit what the run may take; null: as long as it needs
 * @param terminateOnNan whether a loss that is no finite number ends the run as stopped, with the weights before that step; else
 *     it fails
 * @param ema a moving average of the weights that validation and the trained model use; null: none
 * @param swa a mean of the weights at the ends of epochs that they use; null: none; not both
 * @param watching what is told of the run while it goes on
 */
public record HandlerOptions(
        List<EarlyStoppingOptions> earlyStopping,
        Duration timeLimit,
        boolean terminateOnNan,
        EmaOptions ema,
        SwaOptions swa,
        Watching watching)
        implements Serializable {
    /** No handlers. */
    public static final HandlerOptions NONE = new HandlerOptions(List.of(), null, false, null);

    /**
     * What is told of a run; it learns the same with and without.
     *
     * @param learningRates tried before the run begins; null: none
     * @param profiler whether the time of each event and handler on the first replica is measured
     * @param logEverySteps values of the run go to the log of the first replica after each multiple of this many steps, and after
     *     each epoch; 0: never
     */
    public record Watching(LearningRateFinderOptions learningRates, boolean profiler, int logEverySteps)
            implements Serializable {
        /** Nothing. */
        public static final Watching NOTHING = new Watching(null, false, 0);

        public Watching {
            if (logEverySteps < 0) {
                throw new IllegalArgumentException("Invalid logEverySteps: " + logEverySteps + " (must be >= 0)");
            }
        }

        /** What learning rates are tried, if any are. */
        public Optional<LearningRateFinderOptions> findLearningRates() {
            return Optional.ofNullable(learningRates);
        }
    }

    public HandlerOptions {
        earlyStopping = List.copyOf(earlyStopping);
        Objects.requireNonNull(watching, "watching");
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
        if (ema != null && swa != null) {
            throw new IllegalArgumentException("Cannot average weights in two ways: there are ema and swa"
                    + " (expected one of them, as validation and the trained model have one average)");
        }
    }

    /** Without a mean over epochs, and nothing told. */
    public HandlerOptions(
            List<EarlyStoppingOptions> earlyStopping, Duration timeLimit, boolean terminateOnNan, EmaOptions ema) {
        this(earlyStopping, timeLimit, terminateOnNan, ema, null, Watching.NOTHING);
    }

    /** The same with a mean of the weights at the ends of epochs. */
    public HandlerOptions withSwa(SwaOptions options) {
        return new HandlerOptions(earlyStopping, timeLimit, terminateOnNan, ema, options, watching);
    }

    /** The same with other things told. */
    public HandlerOptions withWatching(Watching newWatching) {
        return new HandlerOptions(earlyStopping, timeLimit, terminateOnNan, ema, swa, newWatching);
    }

    /** What the run may take, if it is limited. */
    public Optional<Duration> findTimeLimit() {
        return Optional.ofNullable(timeLimit);
    }

    /** How weights are averaged over steps, if they are. */
    public Optional<EmaOptions> findEma() {
        return Optional.ofNullable(ema);
    }

    /** How weights are averaged over epochs, if they are. */
    public Optional<SwaOptions> findSwa() {
        return Optional.ofNullable(swa);
    }
}
