package io.firesteel.spark.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How a scheduled date is handled.
 *
 * @param alias the registry's name for the model in use
 * @param start the weights that training begins with
 * @param lease how long a run that has died without a trace blocks others
 * @param keep versions that stay in the registry beside those that are in use or were
 * @param newData how new rows are found; empty: every date trains
 * @param baseline what a model is shown beside; empty: nothing
 */
public record RetrainConfig(
        String alias,
        Start start,
        Duration lease,
        int keep,
        Optional<NewDataConfig> newData,
        Optional<BaselineConfig> baseline) {
    /** The weights that training begins with. */
    public enum Start {
        /** Drawn by the seed. */
        COLD,
        /** Those of the model in use; drawn by the seed where there is none yet. */
        CHAMPION;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final RetrainConfig DEFAULT =
            new RetrainConfig("champion", Start.COLD, Duration.ofSeconds(60), 10, Optional.empty(), Optional.empty());

    public RetrainConfig {
        RetrainSection.ALIAS.check(alias);
        RetrainSection.START.check(start);
        RetrainSection.LEASE.check(lease);
        RetrainSection.KEEP.check(keep);
        Objects.requireNonNull(newData, "newData");
        Objects.requireNonNull(baseline, "baseline");
    }
}
