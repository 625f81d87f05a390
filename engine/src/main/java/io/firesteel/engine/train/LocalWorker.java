package io.firesteel.engine.train;

import io.firesteel.engine.model.Network;
import io.firesteel.engine.optim.Optimizer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** A shard that learns by itself: its weights and buffers, its optimizer, and what it has learnt from since the last exchange. */
final class LocalWorker {
    private final Network network;
    private final Optimizer optimizer;
    private final FloatBuffer inNetwork;
    private final FloatBuffer weights;
    private final boolean alone;
    private double lossSum;
    private double weightSum;

    /** @param alone whether it has the network for itself, and so no copy of its weights */
    LocalWorker(Network network, Optimizer optimizer, boolean alone) {
        this.network = network;
        this.optimizer = optimizer;
        this.alone = alone;
        this.inNetwork = network.weights();
        this.weights = alone ? inNetwork : direct(inNetwork.capacity());
    }

    static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Starts from the weights that the network has. */
    void begin() {
        lossSum = 0;
        weightSum = 0;
        if (!alone) {
            weights.put(0, inNetwork, 0, inNetwork.capacity());
        }
    }

    /** Puts its weights into the network. */
    void enter() {
        if (!alone) {
            inNetwork.put(0, weights, 0, weights.capacity());
            network.publishWeights();
        }
    }

    /**
     * Takes a step with the gradient that the network has. Rows that all weigh nothing teach nothing.
     *
     * @param loss weighted sum over the rows
     * @param weight of the rows
     */
    void learn(double loss, double weight) {
        lossSum += loss;
        weightSum += weight;
        if (weight > 0) {
            int parameters = network.layout().trainableFloats();
            optimizer.step(
                    inNetwork.slice(0, parameters), network.gradients().slice(0, parameters), (float) (1 / weight));
            network.publishWeights();
        }
        if (!alone) {
            weights.put(0, inNetwork, 0, inNetwork.capacity());
        }
    }

    /** All weights and buffers. */
    FloatBuffer weights() {
        return weights;
    }

    Optimizer optimizer() {
        return optimizer;
    }

    /** Weighted sum of the losses since the last exchange. */
    double lossSum() {
        return lossSum;
    }

    /** Weight of the rows since the last exchange. */
    double weightSum() {
        return weightSum;
    }
}
