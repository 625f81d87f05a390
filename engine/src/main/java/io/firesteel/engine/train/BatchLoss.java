package io.firesteel.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.model.Network;

/**
 * The losses of one batch after the other, and the way back from them into the network. What it holds is the last batch's, and valid
 * as long as the scope of its predictions.
 */
sealed interface BatchLoss permits ArrayLoss, ClassLoss {
    /** The fastest way to compute a loss for this network; what it keeps is closed with the network. */
    static BatchLoss of(LossFunction loss, Network network) {
        boolean looped =
                loss == LossFunction.CROSS_ENTROPY && network.sharesMemory() && Softmax.isFasterFor(network.outputs());
        return looped ? new ClassLoss(network) : new ArrayLoss(loss, network);
    }

    /**
     * Computes the losses.
     *
     * @param scope of the arrays that this needs
     * @param batch of at least one row, its labels checked
     * @param predictions (N, C)
     * @param labels the batch's, as an array
     */
    void compute(NDManager scope, Batch batch, NDArray predictions, NDArray labels);

    /** The sum of the losses, each times its row's weight. */
    double weightedSum();

    /** Adds the derivatives of {@link #weightedSum()} to the network's gradients; once for a batch. */
    void backward();

    /** Gives predictions and losses to the metrics. */
    void describe(MetricInput input);
}
