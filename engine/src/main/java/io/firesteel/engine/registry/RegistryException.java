package io.firesteel.engine.registry;

/** A registry can't be read or written, or is damaged: the message names the location and the reason. */
public class RegistryException extends RuntimeException {
    public RegistryException(String message) {
        super(message);
    }

    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
