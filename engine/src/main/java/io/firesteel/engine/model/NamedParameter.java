package io.firesteel.engine.model;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A parameter of a block under the name that PyTorch would give it: children of a sequential block count from 0, other
 * children have the name they were added with, BatchNorm's gamma is {@code weight}, its beta {@code bias}.
 */
record NamedParameter(String name, Parameter parameter) {
    /** DJL prefixes every child's name with its two-digit number, counted from 1. */
    private static final int NUMBER_DIGITS = 2;

    /** All parameters of an initialized block, in the order of declaration: the same in every process. */
    static List<NamedParameter> of(Block block) {
        List<NamedParameter> found = new ArrayList<>();
        collect("", block, found);
        return found;
    }

    boolean trainable() {
        return parameter.requiresGradient();
    }

    List<Long> shape() {
        return Arrays.stream(parameter.getArray().getShape().getShape()).boxed().toList();
    }

    int length() {
        return Math.toIntExact(parameter.getArray().size());
    }

    private static void collect(String prefix, Block block, List<NamedParameter> found) {
        for (Pair<String, Parameter> direct : block.getDirectParameters()) {
            found.add(new NamedParameter(prefix + parameterName(direct), direct.getValue()));
        }
        int number = 0;
        for (Pair<String, Block> child : block.getChildren()) {
            String name = block instanceof SequentialBlock
                    ? Integer.toString(number)
                    : child.getKey().substring(NUMBER_DIGITS);
            collect(prefix + name + ".", child.getValue(), found);
            number++;
        }
    }

    private static String parameterName(Pair<String, Parameter> parameter) {
        return switch (parameter.getValue().getType()) {
            case GAMMA -> "weight";
            case BETA -> "bias";
            case RUNNING_MEAN -> "running_mean";
            case RUNNING_VAR -> "running_var";
            case WEIGHT, BIAS, OTHER -> parameter.getKey();
        };
    }
}
