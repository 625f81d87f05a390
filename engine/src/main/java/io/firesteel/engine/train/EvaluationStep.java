package io.firesteel.engine.train;

import ai.djl.ndarray.NDManager;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.ProcessFunction;
import io.firesteel.engine.model.ForwardMode;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;

/** Updates metrics with a network's predictions; weights stay as they are. Not collective: replicas may have unequal numbers of batches. */
final class EvaluationStep implements ProcessFunction<StepBatch, Void> {
    private final Network network;
    private final ForwardPass forward;
    private final ShardMetrics metrics;

    EvaluationStep(Network network, RowLayout layout, LossFunction loss, ShardMetrics metrics) {
        this.network = network;
        this.forward = new ForwardPass(network, layout, loss);
        this.metrics = metrics;
    }

    @Override
    public Void process(Engine<StepBatch, Void> engine, StepBatch step) {
        Torch.recordGradients(false);
        try (NDManager scope = network.newScope()) {
            for (Batch batch : step.batches()) {
                forward.run(scope, batch, ForwardMode.EVALUATION);
                metrics.update(batch, forward.metricInput(batch));
            }
        } finally {
            Torch.recordGradients(true);
        }
        return null;
    }
}
