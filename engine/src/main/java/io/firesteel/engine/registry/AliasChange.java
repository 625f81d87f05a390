package io.firesteel.engine.registry;

import java.util.Map;
import java.util.Optional;

/**
 * A version that is to get an alias, or was refused it.
 *
 * @param version its number, 1 or more
 * @param alias the name: a letter, then up to 63 letters, digits, dots, hyphens or underscores
 * @param reason why, for people; not blank
 * @param key names the decision, so that one who was killed and decides again adds no second entry
 * @param details more for programs: text, numbers, booleans, lists and maps by text
 */
public record AliasChange(int version, String alias, String reason, Optional<String> key, Map<String, Object> details) {
    public AliasChange {
        if (version < 1) {
            throw new IllegalArgumentException("Invalid version: " + version + " (must be 1 or more)");
        }
        Alias.checked(alias);
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Invalid reason: blank (must say why)");
        }
        details = Details.copyOf(details);
    }

    /** Without key and details. */
    public static AliasChange of(int version, String alias, String reason) {
        return new AliasChange(version, alias, reason, Optional.empty(), Map.of());
    }

    /** The same with a key. */
    public AliasChange withKey(String decision) {
        return new AliasChange(version, alias, reason, Optional.of(decision), details);
    }

    /** The same with details in place of its own. */
    public AliasChange withDetails(Map<String, Object> more) {
        return new AliasChange(version, alias, reason, key, more);
    }
}
