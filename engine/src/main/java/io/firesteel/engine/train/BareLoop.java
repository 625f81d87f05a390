package io.firesteel.engine.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.firesteel.engine.model.ForwardMode;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Optimizer;
import io.firesteel.engine.train.StepSamples.Sample;
import java.nio.FloatBuffer;

/** The least that a training step can be: see {@link StepArrangement#BARE}. */
final class BareLoop implements StepLoop {
    private final StepWorkload workload;
    private final ReadyBatches batches;
    private final Network network;
    private final Optimizer optimizer;

    /** @param batches stay the caller's */
    BareLoop(StepWorkload workload, ReadyBatches batches) {
        this.workload = workload;
        this.batches = batches;
        this.network = workload.training(1, 1).network(Device.cpu());
        this.optimizer = workload.optimizer().create(network.layout().trainableFloats());
    }

    @Override
    public void run(StepSamples samples) {
        Torch.recordGradients(true);
        FloatBuffer weights = network.weights().slice(0, optimizer.parameters());
        FloatBuffer gradients = network.gradients().slice(0, optimizer.parameters());
        float scale = 1f / workload.batch();
        samples.beginBlock();
        long last = System.nanoTime();
        for (int step = 0; step < workload.steps(); step++) {
            network.zeroGradients();
            derive(step);
            long start = System.nanoTime();
            optimizer.step(weights, gradients, scale);
            long now = System.nanoTime();
            samples.add(Sample.ofUpdate(now - last, now - start));
            last = now;
        }
        samples.endBlock();
    }

    private void derive(int step) {
        try (NDManager scope = network.newScope();
                ReadyBatches.Loan batch = batches.lend(step, scope)) {
            NDArray predictions = network.forward(new NDList(batch.inputs()), ForwardMode.TRAINING)
                    .get(0);
            NDArray losses = LossFunction.CROSS_ENTROPY.perRow(predictions, batch.labels());
            network.backward(losses.sum());
            network.collectGradients();
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
