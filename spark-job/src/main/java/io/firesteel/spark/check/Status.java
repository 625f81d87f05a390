package io.firesteel.spark.check;

import io.firesteel.spark.config.CheckAction;
import java.util.Locale;

/** What comes of a check. */
public enum Status {
    OK,
    /** The verdict says it. */
    WARN,
    /** Nothing is trained. */
    STOP;

    /** As JSON has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(CheckAction action) {
        return action == CheckAction.STOP ? STOP : WARN;
    }
}
