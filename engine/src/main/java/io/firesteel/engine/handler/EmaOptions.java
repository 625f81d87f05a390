package io.firesteel.engine.handler;

import io.firesteel.engine.event.EventSelector;
import io.firesteel.engine.event.Events;
import java.io.Serializable;
import java.util.Objects;

/**
 * How fast {@link ModelEma} follows the weights.
 *
 * @param momentum share of the weights in each update after the warm-up, in (0, 1]; 1 - decay
 * @param warmupMomentum share in the first update, in (0, 1]; the same as {@code momentum} without a warm-up
 * @param warmupUpdates updates over which the share goes in a straight line from one to the other, both included, &gt;= 0
 * @param everyIterations an update after each multiple of this many iterations, &gt; 0
 * @param buffers what happens to the model's buffers
 */
public record EmaOptions(
        double momentum, double warmupMomentum, long warmupUpdates, long everyIterations, Buffers buffers)
        implements Serializable {
    public EmaOptions {
        Valid.share("momentum", momentum);
        Valid.share("warmupMomentum", warmupMomentum);
        Valid.notNegative("warmupUpdates", warmupUpdates);
        Valid.positive("everyIterations", everyIterations);
        Objects.requireNonNull(buffers, "buffers");
    }

    /** After every iteration, without a warm-up, buffers copied. */
    public static EmaOptions of(double momentum) {
        return new EmaOptions(momentum, momentum, 0, 1, Buffers.COPIED);
    }

    /** The same with a warm-up. */
    public EmaOptions withWarmup(double newMomentum, long updates) {
        return new EmaOptions(momentum, newMomentum, updates, everyIterations, buffers);
    }

    /** The same with updates at other iterations. */
    public EmaOptions withEveryIterations(long iterations) {
        return new EmaOptions(momentum, warmupMomentum, warmupUpdates, iterations, buffers);
    }

    /** The same with another treatment of buffers. */
    public EmaOptions withBuffers(Buffers newBuffers) {
        return new EmaOptions(momentum, warmupMomentum, warmupUpdates, everyIterations, newBuffers);
    }

    /**
     * The share of the weights in an update.
     *
     * @param update its number, from 1
     */
    double momentumAt(long update) {
        if (update > warmupUpdates) {
            return momentum;
        }
        return warmupMomentum + (momentum - warmupMomentum) * (update - 1) / Math.max(1, warmupUpdates - 1);
    }

    EventSelector event() {
        return Events.ITERATION_COMPLETED.every(everyIterations);
    }
}
