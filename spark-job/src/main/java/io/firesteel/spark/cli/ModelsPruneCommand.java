package io.firesteel.spark.cli;

import io.firesteel.connectors.registry.DirectoryRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code firesteel models REGISTRY prune}. */
@Command(
        name = "prune",
        description =
                "Deletes old versions. The newest stay, those that aliases name, and those to which these can be rolled back.",
        mixinStandardHelpOptions = true)
final class ModelsPruneCommand implements Callable<Integer> {
    @ParentCommand
    private ModelsCommand models;

    @Mixin
    private ModelsOutput output;

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "How many of the newest stay, and how many former holders of each alias (default: ${DEFAULT-VALUE}).")
    private int keep;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "by hand",
            description = "For the history (default: ${DEFAULT-VALUE}).")
    private String reason;

    @Override
    public Integer call() {
        return models.with(this::prune);
    }

    private int prune(DirectoryRegistry registry) {
        List<Integer> deleted = registry.prune(keep, reason);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("registry", registry.location());
        fields.put("deleted", deleted);
        String numbers = deleted.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String text = deleted.isEmpty() ? "nothing to delete\n" : "deleted version " + numbers + "\n";
        return models.print(fields, text, output);
    }
}
