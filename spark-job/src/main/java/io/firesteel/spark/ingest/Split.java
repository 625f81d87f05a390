package io.firesteel.spark.ingest;

/** What a row is for. */
public enum Split {
    TRAINING(0),
    VALIDATION(1);

    private final int code;

    Split(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Split of(int code) {
        return code == TRAINING.code ? TRAINING : VALIDATION;
    }
}
