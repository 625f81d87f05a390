package io.firesteel.engine.handler;

import io.firesteel.engine.model.Network;
import java.nio.FloatBuffer;

/** The weights of a network; its buffers are fetched from the device where that has copies. */
record NetworkWeights(Network network) implements Weights {
    @Override
    public FloatBuffer floats() {
        network.collectBuffers();
        return network.weights();
    }

    @Override
    public int trainable() {
        return network.layout().trainableFloats();
    }

    @Override
    public void publish() {
        network.publishWeights();
    }
}
