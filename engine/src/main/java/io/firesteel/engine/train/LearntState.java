package io.firesteel.engine.train;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.event.Stateful;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.optim.OptimizerState;
import java.util.LinkedHashMap;
import java.util.Map;

/** The weights of a network and the state of its optimizer, as what an engine saves and restores. Listens to nothing. */
final class LearntState implements Handler<StepBatch, StepOutput>, Stateful {
    private static final int VERSION = 1;
    private static final String WEIGHTS = "weights";
    private static final String STEPS = "steps";
    private static final String SLOT = "optimizer.";

    private final Network network;
    private final TrainingStep step;

    LearntState(Network network, TrainingStep step) {
        this.network = network;
        this.step = step;
    }

    @Override
    public String name() {
        return "learnt";
    }

    @Override
    public void attach(Engine<StepBatch, StepOutput> engine) {
        // Its state changes with every step; nothing is to be done at any event.
    }

    /** @throws IllegalStateException inside a step, whose gradients aren't saved */
    @Override
    public StateDict state() {
        if (step.isInsideStep()) {
            throw new IllegalStateException(
                    "Cannot save the trainer: a step is under way, whose gradients would be lost"
                            + " (expected at or after " + TrainingEvents.STEP_COMPLETED + ")");
        }
        OptimizerState optimizer = step.optimizerState();
        float[] weights = new float[network.layout().floats()];
        network.weights().get(0, weights);
        StateDict.Builder state =
                StateDict.builder(VERSION).put(WEIGHTS, weights).put(STEPS, optimizer.steps());
        optimizer.slots().forEach((name, values) -> state.put(SLOT + name, values));
        return state.build();
    }

    @Override
    public void restore(StateDict saved) {
        // Which slots there are depends on the optimizer, who checks them.
        saved.require(VERSION, saved.names().toArray(String[]::new));
        float[] weights = saved.floats(WEIGHTS);
        if (weights.length != network.layout().floats()) {
            throw new IllegalArgumentException("Cannot restore weights: " + weights.length + " were saved (expected "
                    + network.layout().floats() + ", as the network has)");
        }
        step.restore(optimizer(saved));
        network.weights().put(0, weights);
        network.publishWeights();
    }

    private static OptimizerState optimizer(StateDict saved) {
        Map<String, float[]> slots = new LinkedHashMap<>();
        saved.names().stream()
                .filter(name -> name.startsWith(SLOT))
                .forEach(name -> slots.put(name.substring(SLOT.length()), saved.floats(name)));
        return new OptimizerState(saved.longValue(STEPS), slots);
    }
}
