package io.firesteel.engine.train;

import io.firesteel.engine.model.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums the gradients of all shards in the order of their numbers. With each shard's gradient travel its loss, its weight,
 * and the buffers (BatchNorm's running statistics) that its forward pass left, times its weight: every shard of a step
 * starts from the same buffers, and the step ends with their weighted mean over the shards.
 *
 * <p>A vector is {@code gradients | buffers × weight | loss | weight}, as long as {@link Network#gradients()}.
 */
final class GradientReducer {
    /** Floats behind the gradients: loss and weight, padded to a cache line. */
    static final int EXCHANGE_FLOATS = 16;

    private final Network network;
    private final GradientExchange exchange;
    private final FloatBuffer gradients;
    private final FloatBuffer weights;
    private final int buffersFrom;
    private final int lossAt;
    private final float[] buffers;
    private final List<FloatBuffer> contributions = new ArrayList<>();
    private final FloatBuffer sum;
    private int shard;
    private long iteration;

    GradientReducer(Network network, int hostedShards, GradientExchange exchange) {
        this.network = network;
        this.exchange = exchange;
        this.gradients = network.gradients();
        this.weights = network.weights();
        this.buffersFrom = network.layout().trainableFloats();
        this.lossAt = network.layout().floats();
        this.buffers = new float[lossAt - buffersFrom];
        for (int i = 0; i < hostedShards; i++) {
            // One shard's gradient can be sent from where libtorch left it.
            contributions.add(hostedShards == 1 ? gradients : direct(gradients.capacity()));
        }
        // The sum of one contribution can take its place.
        this.sum = hostedShards == 1 ? gradients : direct(gradients.capacity());
    }

    /**
     * Starts a step.
     *
     * @param number its iteration, from 1
     */
    void begin(long number) {
        iteration = number;
        shard = 0;
        weights.get(buffersFrom, buffers);
    }

    /** Starts the next hosted shard: no gradient yet, and the buffers of the step's start. */
    void beginShard() {
        network.zeroGradients();
        if (buffers.length > 0) {
            weights.put(buffersFrom, buffers);
            network.publishWeights();
        }
    }

    /** Ends a shard whose gradient the network holds. */
    void endShard(double lossSum, double weightSum) {
        for (int i = buffersFrom; i < lossAt; i++) {
            gradients.put(i, (float) (weights.get(i) * weightSum));
        }
        gradients.put(lossAt, (float) lossSum);
        gradients.put(lossAt + 1, (float) weightSum);
        FloatBuffer contribution = contributions.get(shard++);
        if (contributions.size() > 1) {
            contribution.put(0, gradients, 0, gradients.capacity());
        }
    }

    /** Starts to sum over all shards of all replicas, once all hosted ones have ended. Collective. */
    void startReduce() {
        exchange.start(iteration, contributions, sum);
    }

    /** Waits for the sum. Collective. */
    StepOutput finishReduce() {
        exchange.finish();
        double weight = sum.get(lossAt + 1);
        return new StepOutput(weight > 0 ? sum.get(lossAt) / weight : sum.get(lossAt), weight);
    }

    /** What turns the last step's sum into the mean gradient of rows of so much weight. */
    float gradientScale(double weight) {
        return exchange.scale(weight);
    }

    /** The last step's sum: gradients from 0 on, or this replica's slice of them. */
    FloatBuffer gradientSum() {
        return sum;
    }

    /** Puts the mean of the shards' buffers into the network's weights. */
    void adoptBuffers(double weight) {
        for (int i = buffersFrom; i < lossAt; i++) {
            weights.put(i, (float) (sum.get(i) / weight));
        }
    }

    /** Leaves the network as it was when the step began. */
    void discard() {
        weights.put(buffersFrom, buffers);
        network.publishWeights();
    }

    /** Forgets what is owed to later steps. Collective. */
    void forget() {
        exchange.forget();
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
