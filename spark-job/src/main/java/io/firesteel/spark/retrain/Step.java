package io.firesteel.spark.retrain;

/** The steps of a date, in order. */
enum Step {
    NEW_ROWS("new rows"),
    CHECKS("checks"),
    TRAINING("training"),
    REGISTRATION("registration"),
    COMPARISON("comparison"),
    DECISION("decision"),
    VERDICT("verdict"),
    HOOKS("hooks"),
    RECORD("record");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    /** For verdicts. */
    String label() {
        return label;
    }
}
