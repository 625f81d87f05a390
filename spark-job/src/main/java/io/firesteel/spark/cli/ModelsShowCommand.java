package io.firesteel.spark.cli;

import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.connectors.registry.VersionFiles;
import io.firesteel.engine.registry.HistoryEntry;
import io.firesteel.engine.registry.RegistryState;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code firesteel models REGISTRY show V}. */
@Command(
        name = "show",
        description = "Shows a version: where it comes from, how good it is, what became of it.",
        mixinStandardHelpOptions = true)
final class ModelsShowCommand implements Callable<Integer> {
    @ParentCommand
    private ModelsCommand models;

    @Mixin
    private ModelsOutput output;

    @Parameters(paramLabel = "V", description = "A version's number, or an alias such as champion.")
    private String version;

    @Option(names = "--verify", description = "Reads all files of the version and compares their checksums.")
    private boolean verify;

    @Override
    public Integer call() {
        return models.with(this::show);
    }

    private int show(DirectoryRegistry registry) {
        VersionFiles files = registry.resolve(version);
        if (verify) {
            files.verify();
        }
        RegistryState state = registry.state();
        List<HistoryEntry> entries = registry.history().stream()
                .filter(entry ->
                        entry.version().equals(OptionalInt.of(files.version().number())))
                .toList();
        Map<String, Object> fields = ModelsListCommand.fields(files.version(), state);
        fields.put("files", files.checksums().sha256());
        return models.print(fields, RegistryTexts.version(files, state, entries), output);
    }
}
