package io.firesteel.spark.config;

import java.util.Locale;

/** What a check that finds something does. */
public enum CheckAction {
    /** The verdict says it. */
    WARN,
    /** Nothing is trained. */
    STOP;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
