package io.firesteel.spark.cli;

import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.connectors.registry.VersionJson;
import io.firesteel.engine.registry.ModelVersion;
import io.firesteel.engine.registry.RegistryState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code firesteel models REGISTRY list}. */
@Command(name = "list", description = "Lists the versions and their aliases.", mixinStandardHelpOptions = true)
final class ModelsListCommand implements Callable<Integer> {
    @ParentCommand
    private ModelsCommand models;

    @Mixin
    private ModelsOutput output;

    @Override
    public Integer call() {
        return models.with(this::list);
    }

    private int list(DirectoryRegistry registry) {
        RegistryState state = registry.state();
        List<ModelVersion> versions =
                state.versions().keySet().stream().map(registry::version).toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("registry", registry.location());
        fields.put(
                "versions",
                versions.stream().map(version -> fields(version, state)).toList());
        return models.print(fields, RegistryTexts.list(versions, state), output);
    }

    static Map<String, Object> fields(ModelVersion version, RegistryState state) {
        Map<String, Object> fields = VersionJson.fields(version);
        fields.put("aliases", state.aliasesOf(version.number()));
        return fields;
    }
}
