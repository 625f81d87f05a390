package io.firesteel.spark.retrain;

/** How a date has ended. */
public enum Outcome {
    /** The candidate is the champion now. */
    PROMOTED("promoted"),
    /** The champion stays. */
    REFUSED("refused"),
    /** There were no rows that the last run hadn't seen; nothing was trained. */
    NOTHING_NEW("nothing new"),
    /** The date had been done before. */
    ALREADY_DONE("done already"),
    /** A check of the data stopped it before training. */
    STOPPED("stopped"),
    /** It couldn't be brought to an end. */
    FAILED("failed");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** The word in records and verdicts, and for users. */
    public String label() {
        return label;
    }

    /**
     * The outcome of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Outcome of(String label) {
        for (Outcome outcome : values()) {
            if (outcome.label.equals(label)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("Invalid outcome: " + label + " (must be one of those of a date)");
    }
}
