package io.firesteel.spark.cli;

import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.connectors.registry.EntryJson;
import io.firesteel.engine.registry.AliasChange;
import io.firesteel.engine.registry.HistoryEntry;
import io.firesteel.engine.registry.RegistryState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code firesteel models REGISTRY promote V}. */
@Command(
        name = "promote",
        description = "Gives a version an alias, at once for all readers.",
        mixinStandardHelpOptions = true)
final class ModelsPromoteCommand implements Callable<Integer> {
    @ParentCommand
    private ModelsCommand models;

    @Mixin
    private ModelsOutput output;

    @Parameters(paramLabel = "V", description = "A version's number, or an alias such as candidate.")
    private String version;

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
        return models.with(this::promote);
    }

    private int promote(DirectoryRegistry registry) {
        RegistryState basis = registry.state();
        int number = registry.numberOf(version, basis);
        HistoryEntry entry = registry.promote(AliasChange.of(number, alias, reason), basis);
        String text = entry.number() <= basis.number()
                ? "version " + number + " is " + alias + " already, since entry " + entry.number() + "\n"
                : RegistryTexts.moved(entry, "is " + alias + " now");
        return models.print(EntryJson.fields(entry), text, output);
    }
}
