package io.firesteel.engine.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * A network built by a factory of the user's, found by name on the class path of the executors.
 *
 * @param className a class that implements {@code ModelFactory} and has a public constructor without arguments
 * @param options what the job file gives beside {@code class}, passed to the factory
 */
public record UserModel(String className, Map<String, String> options) implements ModelSpec {
    public UserModel {
        options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
    }
}
