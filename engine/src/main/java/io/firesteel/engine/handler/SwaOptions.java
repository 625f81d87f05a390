package io.firesteel.engine.handler;

import java.io.Serializable;
import java.util.Objects;

/**
 * Which epochs' weights {@link StochasticWeightAverage} averages.
 *
 * @param fromEpoch the first one, &gt;= 1
 * @param everyEpochs every how many from then on, &gt; 0
 * @param buffers what happens to the model's buffers
 */
public record SwaOptions(long fromEpoch, long everyEpochs, Buffers buffers) implements Serializable {
    public SwaOptions {
        Valid.positive("fromEpoch", fromEpoch);
        Valid.positive("everyEpochs", everyEpochs);
        Objects.requireNonNull(buffers, "buffers");
    }

    /** Every epoch from one on, buffers copied. */
    public static SwaOptions from(long epoch) {
        return new SwaOptions(epoch, 1, Buffers.COPIED);
    }

    boolean selects(long epoch) {
        return epoch >= fromEpoch && (epoch - fromEpoch) % everyEpochs == 0;
    }
}
