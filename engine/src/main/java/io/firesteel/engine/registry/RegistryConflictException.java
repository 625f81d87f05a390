package io.firesteel.engine.registry;

/** An alias was moved by someone else since the state on which a decision was made: the message names them. */
public final class RegistryConflictException extends RegistryException {
    public RegistryConflictException(String message) {
        super(message);
    }
}
