package io.firesteel.engine.model;

import java.util.List;

/**
 * A multilayer perceptron: flatten, then a linear layer and an activation per hidden size, then a linear layer.
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
}
