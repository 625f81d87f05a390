package io.firesteel.spark.cli;

import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.connectors.registry.EntryJson;
import io.firesteel.engine.registry.HistoryEntry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code firesteel models REGISTRY rollback}. */
@Command(
        name = "rollback",
        description = "Gives an alias back to the version that had it before; done twice, it goes further back.",
        mixinStandardHelpOptions = true)
final class ModelsRollbackCommand implements Callable<Integer> {
    @ParentCommand
    private ModelsCommand models;

    @Mixin
    private ModelsOutput output;

    @Option(names = "--alias", paramLabel = "A", defaultValue = "champion", description = "Default: ${DEFAULT-VALUE}.")
    private String alias;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "by hand",
            description = "For the history (default: ${DEFAULT-VALUE}).")
    private String reason;

    @Override
    public Integer call() {
        return models.with(this::rollback);
    }

    private int rollback(DirectoryRegistry registry) {
        HistoryEntry entry = registry.rollback(alias, reason, registry.state());
        return models.print(EntryJson.fields(entry), RegistryTexts.moved(entry, "is " + alias + " again"), output);
    }
}
