package io.firesteel.engine.model;

import ai.djl.nn.Block;
import io.firesteel.engine.data.TensorSpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network built by a factory of the user's, found by name on the class path of the executors.
 *
 * @param className a class that implements {@link ModelFactory} and has a public constructor without arguments
 * @param options what the job file gives as {@code model.options}, passed to the factory
 */
public record UserModel(String className, Map<String, String> options) implements ModelSpec {
    public UserModel {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    @Override
    public boolean mayDraw() {
        return true;
    }

    @Override
    public Block block(List<TensorSpec> inputs, TensorSpec label) {
        Block block = UserClass.create("model", className, ModelFactory.class).create(inputs, label, options);
        if (block == null) {
            throw new IllegalArgumentException("Cannot build the model: " + className + ".create returned null");
        }
        return block;
    }
}
