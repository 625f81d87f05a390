package io.firesteel.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.model.ForwardMode;
import io.firesteel.engine.model.Network;

/** A network's predictions and losses for a batch; what training and evaluation have in common. */
final class ForwardPass {
    private final Network network;
    private final RowLayout layout;
    private final BatchArrays arrays;
    private final LossFunction loss;
    private final BatchLoss losses;
    private final MetricInput metricInput = new MetricInput();

    ForwardPass(Network network, RowLayout layout, LossFunction loss) {
        this.network = network;
        this.layout = layout;
        this.loss = loss;
        this.losses = BatchLoss.of(loss, network);
        this.arrays = new BatchArrays(network, layout);
    }

    /** Runs the network over a batch of at least one row; arrays live in the scope and read the batch's own buffers. */
    void run(NDManager scope, Batch batch, ForwardMode mode) {
        loss.check(batch, network.outputs());
        try (BatchArrays.Loan loan = arrays.lend(batch, scope)) {
            NDArray output = network.forward(loan.inputs(), mode).get(0);
            losses.compute(scope, batch, asRows(output, batch.rows()), loan.labels());
        }
    }

    /** A view costs a call into libtorch, and another one in the backward pass: most outputs are (N, C) already. */
    private static NDArray asRows(NDArray output, int rows) {
        Shape shape = output.getShape();
        return shape.dimension() == 2 && shape.get(0) == rows ? output : output.reshape(rows, -1);
    }

    /** The losses of the last batch, valid as long as its scope. */
    BatchLoss losses() {
        return losses;
    }

    /** The last batch and what the network made of it, as metrics read them; valid until the next call and as long as its scope. */
    MetricInput metricInput(Batch batch) {
        losses.describe(metricInput.begin(batch.rows()));
        if (loss == LossFunction.CROSS_ENTROPY) {
            metricInput.classes(batch.longLabels());
        } else {
            metricInput.targets(batch.floatLabels(), layout.label().elements());
        }
        return batch.weighted() ? metricInput.weights(batch.floatWeights()) : metricInput;
    }
}
