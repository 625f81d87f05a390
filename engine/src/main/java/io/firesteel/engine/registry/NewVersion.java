package io.firesteel.engine.registry;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A model that is to become a version.
 *
 * @param lineage where it comes from
 * @param metrics its values by name, {@code validation.auc}; NaN where there is none
 * @param model location of a directory with the model's files, which are copied
 * @param documents further files by their names, which have no slash
 * @param key names the deed, so that who is killed and registers again gets the same version
 * @param reason why, for people; not blank
 */
public record NewVersion(
        Lineage lineage,
        SortedMap<String, Double> metrics,
        String model,
        SortedMap<String, String> documents,
        Optional<String> key,
        String reason) {
    private static final Pattern DOCUMENT = Pattern.compile("(?!version\\.json$)[A-Za-z0-9][A-Za-z0-9._-]*");

    public NewVersion {
        if (model.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException(
                    "Invalid new version: model \"" + model + "\", reason \"" + reason + "\" (neither may be blank)");
        }
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        documents = Collections.unmodifiableSortedMap(new TreeMap<>(documents));
        documents.keySet().forEach(NewVersion::checkDocument);
    }

    /** Without documents and key. */
    public static NewVersion of(Lineage lineage, Map<String, Double> metrics, String model, String reason) {
        return new NewVersion(lineage, new TreeMap<>(metrics), model, new TreeMap<>(), Optional.empty(), reason);
    }

    /** The same with a key. */
    public NewVersion withKey(String deed) {
        return new NewVersion(lineage, metrics, model, documents, Optional.of(deed), reason);
    }

    /** The same with one more document. */
    public NewVersion withDocument(String name, String text) {
        SortedMap<String, String> more = new TreeMap<>(documents);
        more.put(name, text);
        return new NewVersion(lineage, metrics, model, more, key, reason);
    }

    private static void checkDocument(String name) {
        if (!DOCUMENT.matcher(name).matches()) {
            throw new IllegalArgumentException("Invalid name of a document: " + name
                    + " (must be letters, digits, dots, hyphens and underscores, and not version.json)");
        }
    }
}
