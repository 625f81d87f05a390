package io.firesteel.engine.registry;

/** There is no such version or alias, or none to return to: the message says what there is. */
public final class UnknownVersionException extends RegistryException {
    public UnknownVersionException(String message) {
        super(message);
    }
}
