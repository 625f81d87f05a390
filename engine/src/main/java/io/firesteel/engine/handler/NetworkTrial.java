package io.firesteel.engine.handler;

import io.firesteel.engine.model.Network;
import io.firesteel.engine.optim.Optimizer;
import io.firesteel.engine.optim.OptimizerState;
import java.nio.FloatBuffer;
import java.util.List;

/** A network and what updates it. */
record NetworkTrial(Network network, List<Optimizer> optimizers) implements TrialModel {
    @Override
    public void learningRate(double rate) {
        optimizers.forEach(optimizer -> optimizer.learningRate(rate));
    }

    @Override
    public Restoration save() {
        Weights weights = Weights.of(network);
        FloatBuffer floats = weights.floats().duplicate();
        float[] saved = new float[floats.remaining()];
        floats.get(saved);
        List<OptimizerState> states = optimizers.stream().map(Optimizer::state).toList();
        List<Double> rates = optimizers.stream().map(Optimizer::learningRate).toList();
        return () -> {
            weights.floats().duplicate().put(saved);
            weights.publish();
            for (int i = 0; i < optimizers.size(); i++) {
                optimizers.get(i).restore(states.get(i));
                optimizers.get(i).learningRate(rates.get(i));
            }
        };
    }
}
