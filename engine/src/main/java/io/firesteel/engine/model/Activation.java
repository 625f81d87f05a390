package io.firesteel.engine.model;

import ai.djl.nn.Block;

/** The non-linearity after a hidden layer. */
public enum Activation {
    RELU("relu") {
        @Override
        Block block() {
            return ai.djl.nn.Activation.reluBlock();
        }
    },
    TANH("tanh") {
        @Override
        Block block() {
            return ai.djl.nn.Activation.tanhBlock();
        }
    },
    SIGMOID("sigmoid") {
        @Override
        Block block() {
            return ai.djl.nn.Activation.sigmoidBlock();
        }
    },
    GELU("gelu") {
        @Override
        Block block() {
            return ai.djl.nn.Activation.geluBlock();
        }
    };

    private final String label;

    Activation(String label) {
        this.label = label;
    }

    /** The name in job files. */
    public String label() {
        return label;
    }

    abstract Block block();
}
