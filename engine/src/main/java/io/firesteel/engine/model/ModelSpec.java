package io.firesteel.engine.model;

import ai.djl.nn.Block;
import io.firesteel.engine.data.TensorSpec;
import java.io.Serializable;
import java.util.List;

/** Which network a job trains, as the job file names it: a value that crosses Spark and builds one Block per replica. */
public sealed interface ModelSpec extends Serializable permits Mlp, LeNet, Linear, UserModel {
    /**
     * Builds the network, not yet initialized.
     *
     * @param inputs the model's inputs in order, at least one
     * @param label what the model learns to predict
     * @throws IllegalArgumentException if the inputs don't fit this model
     */
    Block block(List<TensorSpec> inputs, TensorSpec label);

    /** Whether layers of this model may draw random numbers in training. */
    default boolean mayDraw() {
        return false;
    }

    /** What decides the first weights: the block's own initializers, unless the model has better ones. */
    default Initialization initialization() {
        return Initialization.OF_BLOCK;
    }
}
