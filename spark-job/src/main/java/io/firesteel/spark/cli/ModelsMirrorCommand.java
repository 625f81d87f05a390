package io.firesteel.spark.cli;

import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.connectors.registry.MlflowClient;
import io.firesteel.connectors.registry.MlflowMirror;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code firesteel models REGISTRY mirror}. */
@Command(
        name = "mirror",
        description = "Shows the versions and aliases in MLflow's model registry; may be repeated at any time.",
        mixinStandardHelpOptions = true)
final class ModelsMirrorCommand implements Callable<Integer> {
    @ParentCommand
    private ModelsCommand models;

    @Mixin
    private ModelsOutput output;

    @Option(names = "--mlflow", paramLabel = "URL", required = true, description = "The server: http://HOST:PORT.")
    private URI server;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "Name of the registered model in MLflow; made if it isn't there.")
    private String name;

    @Override
    public Integer call() {
        return models.with(this::mirror);
    }

    private int mirror(DirectoryRegistry registry) {
        int added = new MlflowMirror(new MlflowClient(server, System.getenv()), name).update(registry);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("registry", registry.location());
        fields.put("added", added);
        return models.print(fields, "added " + added + " versions to " + name + " of " + server + "\n", output);
    }
}
