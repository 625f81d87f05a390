package io.firesteel.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.model.ForwardMode;
import io.firesteel.engine.model.Network;
import java.nio.ByteBuffer;
import java.util.List;

/** A network's predictions and losses for a batch; what training and evaluation have in common. */
final class ForwardPass {
    private final Network network;
    private final RowLayout layout;
    private final LossFunction loss;
    private final MetricInput metricInput = new MetricInput();

    ForwardPass(Network network, RowLayout layout, LossFunction loss) {
        this.network = network;
        this.layout = layout;
        this.loss = loss;
    }

    /**
     * What a pass gave, valid as long as its scope.
     *
     * @param predictions (N, C)
     * @param losses (N), not weighted
     */
    record Result(NDArray predictions, NDArray losses) {}

    /** Runs the network over a batch of at least one row; arrays live in the scope and read the batch's own buffers. */
    Result run(NDManager scope, Batch batch, ForwardMode mode) {
        loss.check(batch, network.outputs());
        NDList inputs = new NDList();
        for (int i = 0; i < layout.inputs().size(); i++) {
            inputs.add(array(scope, batch.input(i), layout.inputs().get(i), batch.rows()));
        }
        NDArray output = network.forward(inputs, mode).get(0);
        NDArray predictions = output.reshape(batch.rows(), -1);
        NDArray labels = array(scope, batch.labels(), layout.label(), batch.rows());
        return new Result(predictions, loss.perRow(predictions, labels));
    }

    /** The batch and its result as metrics read them; valid until the next call and as long as the result's scope. */
    MetricInput metricInput(Batch batch, Result result) {
        metricInput
                .begin(batch.rows())
                .predictions(result.predictions().toByteBuffer(true).asFloatBuffer(), network.outputs())
                .losses(result.losses().toByteBuffer(true).asFloatBuffer());
        if (loss == LossFunction.CROSS_ENTROPY) {
            metricInput.classes(batch.longLabels());
        } else {
            metricInput.targets(batch.floatLabels(), layout.label().elements());
        }
        return batch.weighted() ? metricInput.weights(batch.floatWeights()) : metricInput;
    }

    /** The sum of a batch's losses, each times its row's weight. */
    NDArray weightedSum(NDManager scope, Batch batch, Result result) {
        if (!batch.weighted()) {
            return result.losses().sum();
        }
        NDArray weights = scope.create(
                batch.weights(), new Shape(batch.rows()), result.losses().getDataType());
        return result.losses().mul(weights).sum();
    }

    private static NDArray array(NDManager scope, ByteBuffer values, TensorSpec spec, int rows) {
        List<Integer> shape = spec.shape();
        long[] sizes = new long[1 + shape.size()];
        sizes[0] = rows;
        for (int axis = 0; axis < shape.size(); axis++) {
            sizes[1 + axis] = shape.get(axis);
        }
        return scope.create(values, new Shape(sizes), spec.type().dataType());
    }
}
