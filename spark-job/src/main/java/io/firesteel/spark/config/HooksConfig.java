package io.firesteel.spark.config;

import java.util.Objects;
import java.util.Optional;

/**
 * What is called at the end of a date.
 *
 * @param onSuccess where it is done, whatever was decided
 * @param onFailure where it isn't
 */
public record HooksConfig(Optional<HookConfig> onSuccess, Optional<HookConfig> onFailure) {
    static final HooksConfig NONE = new HooksConfig(Optional.empty(), Optional.empty());

    public HooksConfig {
        Objects.requireNonNull(onSuccess, "onSuccess");
        Objects.requireNonNull(onFailure, "onFailure");
    }
}
