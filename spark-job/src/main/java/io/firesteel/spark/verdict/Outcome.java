package io.firesteel.spark.verdict;

/** How a scheduled date ended. */
public enum Outcome {
    /** The candidate is champion. */
    PROMOTED("promoted"),
    /** The champion stays. */
    REFUSED("refused"),
    /** A check of the data ended the run before training. */
    STOPPED("stopped"),
    /** There was no new data to train with. */
    NOTHING_NEW("nothingNew"),
    /** The run ended with an error. */
    FAILED("failed"),
    /** An earlier run had done the date. */
    ALREADY_DONE("alreadyDone");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** The word in {@code verdict.json}. */
    public String label() {
        return label;
    }
}
