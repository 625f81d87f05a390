package io.firesteel.engine.train;

import io.firesteel.engine.kernel.NarrowFloat;
import java.util.Locale;
import java.util.Optional;

/**
 * In what precision the gradients of every step travel, each shard's to where they are added and the sum to everyone. What
 * rounding takes away travels with the next step (error feedback: Seide et al. 2014, <i>1-bit stochastic gradient descent</i>;
 * Karimireddy et al. 2019). Loss, row weights and buffers always travel as float32.
 */
public enum WirePrecision implements Synchronization {
    /** As they are. */
    FLOAT32(null),
    /** 11 significant bits, with a power of two per {@value WireBlock#FLOATS} elements: no gradient is too large or too small. */
    FLOAT16(NarrowFloat.FLOAT16),
    /** 8 significant bits. */
    BFLOAT16(NarrowFloat.BFLOAT16);

    private final NarrowFloat type;

    WirePrecision(NarrowFloat type) {
        this.type = type;
    }

    /** The name in job files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type on the wire; empty where nothing is rounded. */
    Optional<NarrowFloat> narrow() {
        return Optional.ofNullable(type);
    }
}
