package io.firesteel.engine.model;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import io.firesteel.engine.data.TensorSpec;
import java.util.List;

/**
 * A multilayer perceptron: flatten, then a linear layer and an activation per hidden size, then a linear layer. Several
 * inputs are flattened and joined.
 *
 * @param hidden units of each hidden layer, each &gt; 0; may be empty
 * @param outputs columns of the output, &gt; 0
 * @param activation what follows each hidden layer
 */
public record Mlp(List<Integer> hidden, int outputs, Activation activation) implements ModelSpec {
    public Mlp {
        hidden = List.copyOf(hidden);
        for (int units : hidden) {
            Sizes.positive("hidden", units);
        }
        Sizes.positive("outputs", outputs);
    }

    @Override
    public Block block(List<TensorSpec> inputs, TensorSpec label) {
        SequentialBlock block = new SequentialBlock().add(Layers.flatten(inputs));
        for (int units : hidden) {
            block.add(Layers.linear(units)).add(activation.block());
        }
        return block.add(Layers.linear(outputs));
    }

    @Override
    public Initialization initialization() {
        return Initialization.KAIMING_UNIFORM;
    }
}
