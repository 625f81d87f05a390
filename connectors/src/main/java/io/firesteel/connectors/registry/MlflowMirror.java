package io.firesteel.connectors.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.engine.registry.ModelRegistry;
import io.firesteel.engine.registry.ModelVersion;
import io.firesteel.engine.registry.RegistryException;
import io.firesteel.engine.registry.RegistryState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Shows a registry in MLflow's, for people who look there: a registered model with a version for each one, and the aliases. The
 * registry stays the one that decides; the mirror is brought up to date by being run again, however often, and what fails in it
 * fails nothing else. MLflow numbers its versions itself: which is which stands in their tag {@code firesteel.version}. Versions
 * that were deleted stay in MLflow.
 *
 * <p>Source: MLflow's REST API 2.0, "Registered Models" and "Model Versions".
 */
public final class MlflowMirror {
    private static final String TAG = "firesteel.version";

    private final MlflowClient client;
    private final String name;

    /**
     * @param client the server
     * @param name of the registered model; not blank
     */
    public MlflowMirror(MlflowClient client, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("Invalid name of a registered model: blank (must name one)");
        }
        this.client = client;
        this.name = name;
    }

    /**
     * Brings MLflow up to date.
     *
     * @return how many versions were new to it
     * @throws RegistryException if it can't be reached or refuses
     */
    public int update(ModelRegistry registry) {
        RegistryState state = registry.state();
        client.createIfAbsent("registered-models/create", Map.of("name", name));
        SortedMap<Integer, String> mirrored = mirrored();
        int added = 0;
        for (int number : state.versions().keySet()) {
            if (!mirrored.containsKey(number)) {
                mirrored.put(number, create(registry.version(number)));
                added++;
            }
        }
        updateAliases(state, mirrored);
        return added;
    }

    /** MLflow's versions by our numbers. */
    private SortedMap<Integer, String> mirrored() {
        SortedMap<Integer, String> versions = new TreeMap<>();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("filter", "name='" + name.replace("'", "\\'") + "'");
        do {
            JsonNode page = client.find("model-versions/search", query);
            page.path("model_versions")
                    .forEach(version -> version.path("tags").forEach(tag -> {
                        if (tag.path("key").asText().equals(TAG)) {
                            versions.put(
                                    tag.path("value").asInt(),
                                    version.path("version").asText());
                        }
                    }));
            query.put("page_token", page.path("next_page_token").asText(""));
        } while (!query.get("page_token").isEmpty());
        return versions;
    }

    private String create(ModelVersion version) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("source", version.location());
        body.put("description", "run " + version.runId() + ", registered by " + version.by());
        body.put("tags", List.of(Map.of("key", TAG, "value", String.valueOf(version.number()))));
        return client.call("POST", "model-versions/create", body)
                .path("model_version")
                .path("version")
                .asText();
    }

    private void updateAliases(RegistryState state, SortedMap<Integer, String> mirrored) {
        state.aliases().forEach((alias, holder) -> {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("name", name);
            body.put("alias", alias);
            body.put("version", mirrored.get(holder.version()));
            client.call("POST", "registered-models/alias", body);
        });
    }
}
