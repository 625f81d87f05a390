package io.firesteel.engine.checkpoint;

import java.io.IOException;

/** Bytes aren't a valid safetensors file: damaged, cut off, or of something else. Reading them again won't help. */
public final class SafeTensorsException extends IOException {
    private static final long serialVersionUID = 1;

    SafeTensorsException(String why) {
        super("Cannot read safetensors: " + why);
    }

    SafeTensorsException(String why, Throwable cause) {
        this(why);
        initCause(cause);
    }
}
