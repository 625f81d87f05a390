package io.firesteel.engine.train;

import io.firesteel.engine.kernel.FloatKernels;
import io.firesteel.engine.model.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums the gradients of all shards in the order of their numbers, those of a shard over the iterations of the step. With each
 * shard's gradient travel its loss, its weight, and the buffers (BatchNorm's running statistics) that its last forward pass left,
 * times its weight: every shard of a step starts from the same buffers, goes on with its own, and the step ends with their weighted
 * mean over the shards.
 *
 * <p>A vector is {@code gradients | buffers × weight | loss | weight}, as long as {@link Network#gradients()}.
 */
final class GradientReducer {
    /** Floats behind the gradients: loss and weight, padded to a cache line. */
    static final int EXCHANGE_FLOATS = 16;

    private static final FloatKernels KERNELS = FloatKernels.fastest();

    private final Network network;
    private final GradientExchange exchange;
    private final FloatBuffer gradients;
    private final FloatBuffer weights;
    private final int buffersFrom;
    private final int lossAt;
    private final float[] buffers;
    private final List<ShardSum> shards = new ArrayList<>();
    private final List<FloatBuffer> contributions = new ArrayList<>();
    private final FloatBuffer sum;
    private int shard;
    private boolean begun;

    /** What a hosted shard has contributed to the step so far, besides its gradient. */
    private static final class ShardSum {
        private final float[] buffers;
        private double loss;
        private double weight;

        ShardSum(int buffers) {
            this.buffers = new float[buffers];
        }
    }

    GradientReducer(Network network, int hostedShards, GradientExchange exchange) {
        this.network = network;
        this.exchange = exchange;
        this.gradients = network.gradients();
        this.weights = network.weights();
        this.buffersFrom = network.layout().trainableFloats();
        this.lossAt = network.layout().floats();
        this.buffers = new float[lossAt - buffersFrom];
        for (int i = 0; i < hostedShards; i++) {
            shards.add(new ShardSum(buffers.length));
            // One shard's gradient can be sent from where libtorch left it.
            contributions.add(hostedShards == 1 ? gradients : direct(gradients.capacity()));
        }
        // The sum of one contribution can take its place.
        this.sum = hostedShards == 1 ? gradients : direct(gradients.capacity());
    }

    /** Starts a step: no gradients yet, and the buffers of now for all shards. */
    void begin() {
        begun = true;
        weights.get(buffersFrom, buffers);
        for (ShardSum hosted : shards) {
            System.arraycopy(buffers, 0, hosted.buffers, 0, buffers.length);
            hosted.loss = 0;
            hosted.weight = 0;
        }
    }

    /** Starts the iteration's next hosted shard, whose gradient the network is to add to what it holds then. */
    void beginShard() {
        if (begun || shards.size() > 1) {
            network.zeroGradients();
        }
        if (buffers.length > 0) {
            weights.put(buffersFrom, shards.get(shard).buffers);
            network.publishWeights();
        }
    }

    /** Ends a shard's part of the iteration, whose gradient the network holds. */
    void endShard(double lossSum, double weightSum) {
        ShardSum own = shards.get(shard);
        own.loss += lossSum;
        own.weight += weightSum;
        weights.get(buffersFrom, own.buffers);
        if (shards.size() > 1) {
            keepGradient(contributions.get(shard));
        }
        shard++;
    }

    private void keepGradient(FloatBuffer contribution) {
        if (begun) {
            contribution.put(0, gradients, 0, gradients.capacity());
        } else {
            KERNELS.add(gradients, 0, contribution, 0, buffersFrom);
        }
    }

    /** Ends an iteration: the next one adds to it. */
    void endIteration() {
        shard = 0;
        begun = false;
    }

    /**
     * Starts to sum over all shards of all replicas, once all hosted ones have ended. Collective.
     *
     * @param step its iterations
     */
    void startReduce(StepSpan step) {
        for (int i = 0; i < shards.size(); i++) {
            putTail(shards.get(i), contributions.get(i));
        }
        exchange.start(step, contributions, sum);
    }

    private void putTail(ShardSum own, FloatBuffer contribution) {
        for (int i = 0; i < own.buffers.length; i++) {
            contribution.put(buffersFrom + i, (float) (own.buffers[i] * own.weight));
        }
        contribution.put(lossAt, (float) own.loss);
        contribution.put(lossAt + 1, (float) own.weight);
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
