package io.firesteel.engine.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.train.StepSamples.Sample;
import java.util.List;
import java.util.stream.LongStream;

/** A step as a user of DJL alone would write it, updated by DJL's Adam: see {@link StepArrangement#DJL}. */
final class DjlLoop implements StepLoop {
    private final StepWorkload workload;
    private final ReadyBatches batches;
    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    private final ParameterStore store = new ParameterStore(manager, false);
    private final Block block;
    private final List<Parameter> parameters;
    private final Optimizer optimizer;

    /**
     * @param batches stay the caller's
     * @param adam what the workload's optimizer is
     */
    DjlLoop(StepWorkload workload, ReadyBatches batches, Adam adam) {
        this.workload = workload;
        this.batches = batches;
        this.block = workload.model().block(List.of(workload.input()), workload.label());
        long[] oneRow = LongStream.concat(
                        LongStream.of(1), workload.inputShape().stream().mapToLong(Integer::longValue))
                .toArray();
        block.initialize(manager, DataType.FLOAT32, new Shape(oneRow));
        this.parameters = block.getParameters().values().stream()
                .filter(Parameter::requiresGradient)
                .toList();
        this.optimizer = Optimizer.adam()
                .optLearningRateTracker(Tracker.fixed((float) adam.learningRate()))
                .optBeta1((float) adam.beta1())
                .optBeta2((float) adam.beta2())
                .optEpsilon((float) adam.epsilon())
                .optWeightDecays((float) adam.weightDecay())
                .build();
    }

    @Override
    public void run(StepSamples samples) {
        Torch.recordGradients(true);
        samples.beginBlock();
        long last = System.nanoTime();
        for (int step = 0; step < workload.steps(); step++) {
            derive(step);
            long start = System.nanoTime();
            update();
            long now = System.nanoTime();
            samples.add(Sample.ofUpdate(now - last, now - start));
            parameters.forEach(parameter -> Torch.zeroGradient(parameter.getArray()));
            last = now;
        }
        samples.endBlock();
    }

    private void derive(int step) {
        try (NDManager scope = manager.newSubManager();
                ReadyBatches.Loan batch = batches.lend(step, scope)) {
            NDArray predictions =
                    block.forward(store, new NDList(batch.inputs()), true).get(0);
            NDArray losses = LossFunction.CROSS_ENTROPY.perRow(predictions, batch.labels());
            Torch.backward(losses.mean());
        }
    }

    private void update() {
        for (Parameter parameter : parameters) {
            NDArray weights = parameter.getArray();
            try (NDArray gradient = Torch.gradient(weights)) {
                optimizer.update(parameter.getId(), weights, gradient);
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
