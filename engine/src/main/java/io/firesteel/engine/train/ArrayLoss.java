package io.firesteel.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.model.Network;

/** Any loss, on any device, by libtorch. */
final class ArrayLoss implements BatchLoss {
    private final LossFunction loss;
    private final Network network;
    private NDManager scope;
    private Batch batch;
    private NDArray predictions;
    private NDArray losses;
    private NDArray sum;

    ArrayLoss(LossFunction loss, Network network) {
        this.loss = loss;
        this.network = network;
    }

    @Override
    public void compute(NDManager newScope, Batch newBatch, NDArray newPredictions, NDArray labels) {
        scope = newScope;
        batch = newBatch;
        predictions = newPredictions;
        losses = loss.perRow(predictions, labels);
        sum = null;
    }

    @Override
    public double weightedSum() {
        return sum().toFloatArray()[0];
    }

    @Override
    public void backward() {
        network.backward(sum());
    }

    /** Evaluation needs none. */
    private NDArray sum() {
        if (sum == null) {
            sum = weighted().sum();
        }
        return sum;
    }

    private NDArray weighted() {
        if (!batch.weighted()) {
            return losses;
        }
        NDArray weights = scope.create(batch.weights(), new Shape(batch.rows()), losses.getDataType());
        return losses.mul(weights);
    }

    @Override
    public void describe(MetricInput input) {
        input.predictions(predictions.toByteBuffer(true).asFloatBuffer(), network.outputs())
                .losses(losses.toByteBuffer(true).asFloatBuffer());
    }
}
