package io.firesteel.engine.model;

/** The non-linearity after a hidden layer. */
public enum Activation {
    RELU("relu"),
    TANH("tanh"),
    SIGMOID("sigmoid"),
    GELU("gelu");

    private final String label;

    Activation(String label) {
        this.label = label;
    }

    /** The name in job files. */
    public String label() {
        return label;
    }
}
