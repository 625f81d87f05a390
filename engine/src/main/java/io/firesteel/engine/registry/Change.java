package io.firesteel.engine.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was done, for an entry of the log.
 *
 * @param action what it is about
 * @param version whose number; none where several were deleted
 * @param alias which was moved, or refused
 * @param previous the alias's holder before; where it was refused, the one that stays
 * @param reason why, for people; not blank
 * @param key names the deed, so that who is killed and does it again adds no second entry
 * @param details more for programs: text, finite numbers, booleans, lists and maps by text
 */
public record Change(
        Action action,
        OptionalInt version,
        Optional<String> alias,
        OptionalInt previous,
        String reason,
        Optional<String> key,
        Map<String, Object> details) {
    public Change {
        alias.ifPresent(Alias::checked);
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Invalid reason: blank (must say why)");
        }
        details = Details.copyOf(details);
    }

    /** A version that comes to be. */
    public static Change registered(int version, NewVersion request) {
        return new Change(
                Action.REGISTER,
                OptionalInt.of(version),
                Optional.empty(),
                OptionalInt.empty(),
                request.reason(),
                request.key(),
                Map.of("run", request.lineage().runId()));
    }

    /** An alias that moves, or doesn't. */
    public static Change of(Action action, AliasChange change, OptionalInt previous) {
        return new Change(
                action,
                OptionalInt.of(change.version()),
                Optional.of(change.alias()),
                previous,
                change.reason(),
                change.key(),
                change.details());
    }

    /** An alias that goes back to its former holder. */
    public static Change rolledBack(String alias, int to, int from, String reason) {
        return new Change(
                Action.ROLLBACK,
                OptionalInt.of(to),
                Optional.of(alias),
                OptionalInt.of(from),
                reason,
                Optional.empty(),
                Map.of());
    }

    /** Versions that cease to be. */
    public static Change deleted(List<Integer> versions, String reason) {
        return new Change(
                Action.DELETE,
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                reason,
                Optional.empty(),
                Map.of("versions", versions));
    }
}
