package io.firesteel.spark.retrain;

import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.engine.registry.Action;
import io.firesteel.engine.registry.AliasChange;
import io.firesteel.engine.registry.HistoryEntry;
import io.firesteel.engine.registry.RegistryConflictException;
import io.firesteel.engine.registry.RegistryState;
import io.firesteel.spark.decide.Decision;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Writes a decision into the registry's history, once. */
final class Ruling {
    private final DirectoryRegistry registry;
    private final String alias;
    private final String key;

    Ruling(DirectoryRegistry registry, String alias, String key) {
        this.registry = registry;
        this.alias = alias;
        this.key = key;
    }

    /**
     * Promotes or refuses.
     *
     * @param champion whom the candidate was compared with; where another holds the alias by now, the candidate is refused
     * @return the entry, which is an earlier run's if that was killed after it
     */
    HistoryEntry rule(int candidate, OptionalInt champion, Decision decision, Map<String, Object> details) {
        return registry.findEntry(key).orElseGet(() -> {
            String reasons = String.join("; ", decision.reasons());
            return decision.promoted()
                    ? promote(candidate, champion, reasons, details)
                    : refuse(candidate, reasons, details);
        });
    }

    private HistoryEntry promote(int candidate, OptionalInt champion, String reasons, Map<String, Object> details) {
        RegistryState state = registry.state();
        if (!state.holder(alias).equals(champion)) {
            return refuse(candidate, moved(state.holder(alias), champion), details);
        }
        try {
            return registry.promote(change(candidate, reasons, details), state);
        } catch (RegistryConflictException e) {
            return refuse(candidate, e.getMessage(), details);
        }
    }

    private HistoryEntry refuse(int candidate, String reasons, Map<String, Object> details) {
        return registry.refuse(change(candidate, reasons, details));
    }

    private AliasChange change(int candidate, String reasons, Map<String, Object> details) {
        return AliasChange.of(candidate, alias, reasons).withKey(key).withDetails(details);
    }

    private String moved(OptionalInt holder, OptionalInt champion) {
        return "The " + alias + " is " + name(holder) + " by now, but was " + name(champion)
                + " when the candidate was compared with it";
    }

    private static String name(OptionalInt version) {
        return version.isPresent() ? Trial.name(version.getAsInt()) : "none";
    }

    static boolean isPromotion(HistoryEntry entry) {
        return entry.action() == Action.PROMOTE;
    }

    static List<String> reasons(HistoryEntry entry) {
        return List.of(entry.reason());
    }
}
