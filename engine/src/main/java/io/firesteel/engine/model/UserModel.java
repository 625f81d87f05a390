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
    public Block block(List<TensorSpec> inputs, TensorSpec label) {
        Block block = factory().create(inputs, label, options);
        if (block == null) {
            throw new IllegalArgumentException("Cannot build the model: " + className + ".create returned null");
        }
        return block;
    }

    private ModelFactory factory() {
        try {
            Object instance = Class.forName(className, true, loader())
                    .getDeclaredConstructor()
                    .newInstance();
            if (instance instanceof ModelFactory factory) {
                return factory;
            }
            throw new IllegalArgumentException(
                    "Cannot use model class " + className + ": it doesn't implement " + ModelFactory.class.getName());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "Cannot find model class " + className + ": it isn't on the class path (give its jar with --jars)",
                    e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "Cannot create model class " + className + ": " + e
                            + " (expected a public class with a public constructor without arguments)",
                    e);
        }
    }

    /** Spark puts a user's jars into the thread's context loader. */
    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : UserModel.class.getClassLoader();
    }
}
