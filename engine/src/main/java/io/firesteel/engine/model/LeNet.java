package io.firesteel.engine.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import io.firesteel.engine.data.TensorSpec;
import java.util.List;

/**
 * LeNet-5 (LeCun et al. 1998, figure 2) with ReLU and max pooling, for one input of shape (channels, height, width), each
 * side at least 12. The first convolution is padded by 2, so that 28 × 28 images keep their size as the paper's 32 × 32
 * ones do.
 *
 * @param outputs columns of the output, &gt; 0
 */
public record LeNet(int outputs) implements ModelSpec {
    private static final int SMALLEST_SIDE = 12;

    public LeNet {
        Sizes.positive("outputs", outputs);
    }

    @Override
    public Block block(List<TensorSpec> inputs, TensorSpec label) {
        checkImage(inputs);
        return new SequentialBlock()
                .add(Layers.convolution(6, 5, 2))
                .add(Activation::relu)
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Layers.convolution(16, 5, 0))
                .add(Activation::relu)
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Layers.flatten(inputs))
                .add(Layers.linear(120))
                .add(Activation::relu)
                .add(Layers.linear(84))
                .add(Activation::relu)
                .add(Layers.linear(outputs));
    }

    @Override
    public Initialization initialization() {
        return Initialization.KAIMING_UNIFORM;
    }

    private static void checkImage(List<TensorSpec> inputs) {
        if (inputs.size() != 1) {
            throw new IllegalArgumentException(
                    "Cannot build lenet: it takes one input (" + inputs.size() + " features groups, expected 1)");
        }
        List<Integer> shape = inputs.get(0).shape();
        if (shape.size() != 3 || shape.get(1) < SMALLEST_SIDE || shape.get(2) < SMALLEST_SIDE) {
            throw new IllegalArgumentException("Cannot build lenet: input has shape " + shape
                    + " (expected [channels, height, width] with sides of at least " + SMALLEST_SIDE + ")");
        }
    }
}
