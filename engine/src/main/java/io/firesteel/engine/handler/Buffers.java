package io.firesteel.engine.handler;

/** What an average of weights does with a model's buffers, such as BatchNorm's running statistics. */
public enum Buffers {
    /** They are those of the model when the average was last updated. */
    COPIED("copied"),
    /** They are averaged like the weights. */
    AVERAGED("averaged");

    private final String label;

    Buffers(String label) {
        this.label = label;
    }

    /** The name in job files. */
    public String label() {
        return label;
    }
}
