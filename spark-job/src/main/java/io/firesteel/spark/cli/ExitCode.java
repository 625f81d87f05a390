package io.firesteel.spark.cli;

import io.firesteel.spark.RunException;

/** What a command's exit tells the scheduler that started it. */
enum ExitCode {
    DONE(0),
    /** The command line or the job file is wrong; nothing was written. */
    INVALID_JOB(2),
    /** The data is wrong or unreachable; nothing was written. */
    INVALID_DATA(3),
    /** Training failed or diverged. */
    TRAINING_FAILED(4),
    /** The model didn't get the alias that it was meant for. */
    NOT_PROMOTED(5),
    /** A fault of Firesteel's own. */
    BUG(70);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static ExitCode of(RunException.Fault fault) {
        return switch (fault) {
            case JOB -> INVALID_JOB;
            case DATA -> INVALID_DATA;
            case TRAINING -> TRAINING_FAILED;
            case NOT_PROMOTED -> NOT_PROMOTED;
        };
    }
}
