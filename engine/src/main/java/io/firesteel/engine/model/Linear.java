package io.firesteel.engine.model;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import io.firesteel.engine.data.TensorSpec;
import java.util.List;

/**
 * One linear layer over the flattened inputs: logistic or linear regression, by the loss.
 *
 * @param outputs columns of the output, &gt; 0
 */
public record Linear(int outputs) implements ModelSpec {
    public Linear {
        Sizes.positive("outputs", outputs);
    }

    @Override
    public Block block(List<TensorSpec> inputs, TensorSpec label) {
        return new SequentialBlock().add(Layers.flatten(inputs)).add(Layers.linear(outputs));
    }

    @Override
    public Initialization initialization() {
        return Initialization.KAIMING_UNIFORM;
    }
}
