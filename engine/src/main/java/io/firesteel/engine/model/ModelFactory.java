package io.firesteel.engine.model;

import ai.djl.nn.Block;
import io.firesteel.engine.data.TensorSpec;
import java.util.List;
import java.util.Map;

/**
 * Builds a user's network. A job file names an implementation as {@code model: {class: com.acme.MyModel}}; it needs a
 * public constructor without arguments and must be on the class path of the driver and the executors.
 */
@FunctionalInterface
public interface ModelFactory {
    /**
     * Builds the network, not yet initialized. Every replica calls this once; all must get the same structure.
     *
     * @param inputs the model's inputs in the order of the job file's features; the block gets one NDArray (N, shape…) each
     * @param label what the model learns to predict
     * @param options the job file's {@code model.options}
     * @return a block whose first output is (N, C)
     */
    Block create(List<TensorSpec> inputs, TensorSpec label, Map<String, String> options);
}
