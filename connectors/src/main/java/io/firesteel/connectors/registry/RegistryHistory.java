package io.firesteel.connectors.registry;

import io.firesteel.engine.registry.Action;
import io.firesteel.engine.registry.HistoryEntry;
import java.util.List;

/** What the log says of versions that are no more. */
final class RegistryHistory {
    private RegistryHistory() {}

    /** The versions that an entry deleted. */
    static List<Integer> deletedBy(HistoryEntry entry) {
        return entry.details().get("versions") instanceof List<?> versions
                ? versions.stream()
                        .filter(Integer.class::isInstance)
                        .map(Integer.class::cast)
                        .toList()
                : List.of();
    }

    static String whyDeleted(int version, List<HistoryEntry> history) {
        return history.stream()
                .filter(entry ->
                        entry.action() == Action.DELETE && deletedBy(entry).contains(version))
                .findFirst()
                .map(entry -> "it was deleted (by " + entry.by() + " at " + entry.at() + ": " + entry.reason() + ")")
                .orElse("it was deleted");
    }
}
