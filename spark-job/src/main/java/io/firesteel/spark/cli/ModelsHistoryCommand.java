package io.firesteel.spark.cli;

import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.connectors.registry.EntryJson;
import io.firesteel.engine.registry.HistoryEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code firesteel models REGISTRY history}. */
@Command(
        name = "history",
        description = "Prints who became what, when and why; with --at, what every alias named at that time.",
        mixinStandardHelpOptions = true)
final class ModelsHistoryCommand implements Callable<Integer> {
    @ParentCommand
    private ModelsCommand models;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelsOutput output;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "A day, 2026-11-23, which means its end, or a time, 2026-11-23T09:00:00Z; without a zone: UTC.")
    private String at;

    @Override
    public Integer call() {
        Instant instant = at == null ? null : instant();
        return models.with(registry -> instant == null ? all(registry) : at(registry, instant));
    }

    private int all(DirectoryRegistry registry) {
        List<HistoryEntry> entries = registry.history();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("registry", registry.location());
        fields.put("entries", entries.stream().map(EntryJson::fields).toList());
        return models.print(fields, RegistryTexts.history(entries), output);
    }

    private int at(DirectoryRegistry registry, Instant instant) {
        List<HistoryEntry> entries = registry.history();
        List<HistoryEntry> until =
                entries.stream().filter(entry -> !entry.at().isAfter(instant)).toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("registry", registry.location());
        fields.put("at", instant.toString());
        Map<String, Object> aliases = new LinkedHashMap<>();
        if (!until.isEmpty()) {
            until.get(until.size() - 1)
                    .state()
                    .aliases()
                    .forEach((name, alias) -> aliases.put(name, EntryJson.fields(entries.get(alias.since() - 1))));
        }
        fields.put("aliases", aliases);
        return models.print(fields, RegistryTexts.aliases(until, instant), output);
    }

    private Instant instant() {
        try {
            return PointInTime.parse(at);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
