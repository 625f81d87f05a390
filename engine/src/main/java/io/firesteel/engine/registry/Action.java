package io.firesteel.engine.registry;

import java.util.Arrays;
import java.util.Locale;

/** What an entry of a registry's log is about. */
public enum Action {
    /** A version came to be. */
    REGISTER,
    /** An alias was given to a version by a decision; its former holder can be returned to. */
    PROMOTE,
    /** A version was not given an alias, by a decision. */
    REFUSE,
    /** An alias went back to its former holder. */
    ROLLBACK,
    /** An alias was given to a version, as a mere name. */
    ALIAS,
    /** Versions that nothing needs any longer ceased to be. */
    DELETE;

    /** The word in the log. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The action of a word in the log.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Action of(String label) {
        return Arrays.stream(values())
                .filter(action -> action.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Invalid action: " + label + " (must be one of "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Action::label).toList())
                        + ")"));
    }
}
