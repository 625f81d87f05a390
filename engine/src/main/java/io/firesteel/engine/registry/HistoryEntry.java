package io.firesteel.engine.registry;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One entry of a registry's log.
 *
 * @param number 1 for the first; entries are without gaps
 * @param id unlike any other's: by it a writer knows its own
 * @param change what was done
 * @param by who did it: {@code user@host, process 4711}
 * @param at when, by the clock of who did it, but never before the entry before it
 * @param state the whole registry after it
 */
public record HistoryEntry(int number, String id, Change change, String by, Instant at, RegistryState state) {
    public HistoryEntry {
        if (number < 1 || state.number() != number) {
            throw new IllegalArgumentException("Invalid number of an entry: " + number + " with the state after entry "
                    + state.number() + " (must be 1 or more, and the same)");
        }
        if (id.isBlank() || by.isBlank()) {
            throw new IllegalArgumentException("Invalid entry " + number + ": no id or nobody who made it");
        }
    }

    public Action action() {
        return change.action();
    }

    /** Whose number it is about; none where several were deleted. */
    public OptionalInt version() {
        return change.version();
    }

    public Optional<String> alias() {
        return change.alias();
    }

    /** The alias's holder before; where it was refused, the one that stays. */
    public OptionalInt previous() {
        return change.previous();
    }

    public String reason() {
        return change.reason();
    }

    public Optional<String> key() {
        return change.key();
    }

    public Map<String, Object> details() {
        return change.details();
    }
}
