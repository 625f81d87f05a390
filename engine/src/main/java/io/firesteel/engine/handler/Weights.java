package io.firesteel.engine.handler;

import io.firesteel.engine.model.Network;
import java.nio.FloatBuffer;
import java.util.Objects;

/** The weights of a model as handlers read and replace them: the port to a {@link Network}. */
public interface Weights {
    /**
     * All weights from position to limit, the trainable ones first and then the buffers (BatchNorm's running statistics), as the
     * model holds them now: the model's own memory. Always of the same size.
     */
    FloatBuffer floats();

    /** How many of them, from the first on, are trainable. */
    int trainable();

    /** Makes the model compute with what {@link #floats} holds: to be called after each write to it. */
    void publish();

    /** Those of a network, which must outlive what uses them. */
    static Weights of(Network network) {
        return new NetworkWeights(Objects.requireNonNull(network, "network"));
    }
}
