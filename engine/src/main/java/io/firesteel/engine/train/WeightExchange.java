package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.optim.Optimizer;
import io.firesteel.engine.optim.OptimizerState;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the weights of all shards one. Each shard contributes how far it has moved from the last common weights, times the weight
 * of the rows that moved it; the sum over all shards, in shard order, divided by the weight of all rows is the mean move, which the
 * outer optimizer takes for a gradient. Buffers (BatchNorm's running statistics) move by their mean. Collective.
 *
 * <p>A vector is {@code (common - weights) × weight | (common - buffers) × weight | loss | weight}.
 */
final class WeightExchange {
    private final Network network;
    private final Communicator communicator;
    private final Optimizer outer;
    private final FloatBuffer common;
    private final List<FloatBuffer> contributions = new ArrayList<>();
    private final int lossAt;

    WeightExchange(Network network, OuterOptimizer outer, Communicator communicator) {
        this.network = network;
        this.communicator = communicator;
        this.outer = outer.sgd().create(network.layout().trainableFloats());
        this.lossAt = network.layout().floats();
        this.common = LocalWorker.direct(lossAt);
    }

    /** Takes the network's weights for those of all shards. */
    void begin() {
        common.put(0, network.weights(), 0, lossAt);
    }

    /** Moves the network's weights to the new common ones; what the weights of no row have moved stays. */
    StepOutput average(List<LocalWorker> workers) {
        FloatBuffer sum = sum(workers);
        double weight = sum.get(lossAt + 1);
        if (weight > 0) {
            int parameters = network.layout().trainableFloats();
            outer.step(common.slice(0, parameters), sum.slice(0, parameters), (float) (1 / weight));
            for (int i = parameters; i < lossAt; i++) {
                common.put(i, (float) (common.get(i) - sum.get(i) / weight));
            }
        }
        network.weights().put(0, common, 0, lossAt);
        network.publishWeights();
        return new StepOutput(weight > 0 ? sum.get(lossAt) / weight : sum.get(lossAt), weight);
    }

    /** The network's gradients, which nobody needs any more, have room for one vector. */
    private FloatBuffer sum(List<LocalWorker> workers) {
        FloatBuffer sum = network.gradients();
        while (contributions.size() < workers.size()) {
            contributions.add(workers.size() == 1 ? sum : LocalWorker.direct(sum.capacity()));
        }
        for (int i = 0; i < workers.size(); i++) {
            contribute(workers.get(i), contributions.get(i));
        }
        communicator.allReduceSum(contributions, sum);
        return sum;
    }

    private void contribute(LocalWorker worker, FloatBuffer vector) {
        FloatBuffer weights = worker.weights();
        float weight = (float) worker.weightSum();
        for (int i = 0; i < lossAt; i++) {
            vector.put(i, weight > 0 ? (common.get(i) - weights.get(i)) * weight : 0);
        }
        vector.put(lossAt, (float) worker.lossSum());
        vector.put(lossAt + 1, weight);
        for (int i = lossAt + 2; i < vector.capacity(); i++) {
            vector.put(i, 0);
        }
    }

    /** The outer optimizer's. */
    OptimizerState state() {
        return outer.state();
    }

    /** The outer optimizer's; how many steps it has taken doesn't matter, as long as the first one is behind it. */
    void restore(OptimizerState state) {
        outer.restore(new OptimizerState(1, state.slots()));
    }
}
