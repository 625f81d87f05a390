package io.firesteel.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.convolutional.Conv2d;
import io.firesteel.engine.data.TensorSpec;
import java.util.List;

/** The layers that the built-in models are made of. */
final class Layers {
    private Layers() {}

    static Block linear(int units) {
        return ai.djl.nn.core.Linear.builder().setUnits(units).build();
    }

    static Block convolution(int filters, int side, int padding) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(side, side))
                .optPadding(new Shape(padding, padding))
                .build();
    }

    /** (N, …) to (N, elements); several inputs are joined along the second axis. */
    static Block flatten(List<TensorSpec> inputs) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("Cannot build the model: it has no input");
        }
        return new LambdaBlock(Layers::flattenAndJoin, "Flatten");
    }

    private static NDList flattenAndJoin(NDList inputs) {
        NDArray[] flat = inputs.stream().map(Layers::flatten).toArray(NDArray[]::new);
        return new NDList(flat.length == 1 ? flat[0] : NDArrays.concat(new NDList(flat), 1));
    }

    private static NDArray flatten(NDArray input) {
        return input.getShape().dimension() == 2
                ? input
                : input.reshape(input.getShape().get(0), -1);
    }
}
