package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.optim.OptimizerState;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mean of the states of all shards' optimizers, each weighted by its rows since the last exchange. Collective. */
final class StateAverage {
    private final Communicator communicator;
    private final int floats;

    StateAverage(Communicator communicator, int floats) {
        this.communicator = communicator;
        this.floats = floats;
    }

    /** Steps are those of the shard with most of them. Where no row has weighed anything, shards weigh the same. */
    OptimizerState of(List<LocalWorker> workers) {
        List<OptimizerState> states =
                workers.stream().map(worker -> worker.optimizer().state()).toList();
        long steps = communicator.allReduceMax(
                states.stream().mapToLong(OptimizerState::steps).max().orElse(0));
        float[] weights = weights(workers);
        Map<String, float[]> mean = new LinkedHashMap<>();
        for (String name : slotNames(states)) {
            List<float[]> slots =
                    states.stream().map(state -> state.slots().get(name)).toList();
            mean.put(name, mean(slots, weights));
        }
        return new OptimizerState(steps, mean);
    }

    private float[] weights(List<LocalWorker> workers) {
        float[] weights = new float[workers.size()];
        boolean any = false;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) workers.get(i).weightSum();
            any |= weights[i] > 0;
        }
        if (communicator.allReduceMax(any ? 1 : 0) == 0) {
            Arrays.fill(weights, 1);
        }
        return weights;
    }

    private static Iterable<String> slotNames(List<OptimizerState> states) {
        return states.get(0).slots().keySet();
    }

    private float[] mean(List<float[]> slots, float[] weights) {
        List<FloatBuffer> contributions = new ArrayList<>();
        for (int shard = 0; shard < slots.size(); shard++) {
            FloatBuffer vector = LocalWorker.direct(floats + 1);
            for (int i = 0; i < floats; i++) {
                vector.put(i, slots.get(shard)[i] * weights[shard]);
            }
            contributions.add(vector.put(floats, weights[shard]));
        }
        FloatBuffer sum = LocalWorker.direct(floats + 1);
        communicator.allReduceSum(contributions, sum);
        float total = sum.get(floats);
        float[] mean = new float[floats];
        for (int i = 0; i < floats; i++) {
            mean[i] = sum.get(i) / total;
        }
        return mean;
    }
}
