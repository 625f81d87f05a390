package io.firesteel.spark.cli;

import io.firesteel.connectors.registry.VersionFiles;
import io.firesteel.engine.registry.AliasState;
import io.firesteel.engine.registry.DataSnapshot;
import io.firesteel.engine.registry.HistoryEntry;
import io.firesteel.engine.registry.ModelVersion;
import io.firesteel.engine.registry.RegistryState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** What {@code models} prints for people. */
final class RegistryTexts {
    private static final int METRICS_IN_A_ROW = 3;

    private RegistryTexts() {}

    static String list(List<ModelVersion> versions, RegistryState state) {
        Table table = new Table("version", "aliases", "created", "run", "metrics");
        versions.forEach(version -> table.add(
                String.valueOf(version.number()),
                String.join(", ", state.aliasesOf(version.number())),
                version.created().toString(),
                version.runId(),
                metrics(version, METRICS_IN_A_ROW)));
        return table.toString();
    }

    static String version(VersionFiles files, RegistryState state, List<HistoryEntry> entries) {
        ModelVersion version = files.version();
        Table table = new Table();
        List<String> aliases = state.aliasesOf(version.number());
        table.add("version", version.number() + (aliases.isEmpty() ? "" : " (" + String.join(", ", aliases) + ")"));
        table.add("location", version.location());
        table.add("created", version.created() + " by " + version.by());
        table.add("run", version.runId());
        version.lineage().date().ifPresent(date -> table.add("date", date.toString()));
        version.parent().ifPresent(parent -> table.add("parent", "version " + parent));
        table.add("code", version.lineage().codeVersion());
        table.add("job", "sha256 " + version.lineage().jobSha256());
        table.add("rows", rows(version.lineage().rows()));
        version.lineage().ledgerHash().ifPresent(hash -> table.add("ledger", hash));
        version.lineage().data().forEach(data -> table.add("data", data(data)));
        table.add("metrics", metrics(version, Integer.MAX_VALUE));
        files.modelChecksums().forEach((name, sum) -> table.add("model/" + name, "sha256 " + sum));
        return table + "\n" + history(entries);
    }

    static String history(List<HistoryEntry> entries) {
        Table table = new Table("entry", "at", "action", "version", "alias", "before", "by", "reason");
        entries.forEach(entry -> table.add(
                String.valueOf(entry.number()),
                entry.at().toString(),
                entry.action().label(),
                versions(entry),
                entry.alias().orElse(""),
                number(entry.previous()),
                entry.by(),
                entry.reason()));
        return table.toString();
    }

    /** @param until the log up to that time */
    static String aliases(List<HistoryEntry> until, Instant instant) {
        Map<String, AliasState> aliases =
                until.isEmpty() ? Map.of() : until.get(until.size() - 1).state().aliases();
        if (aliases.isEmpty()) {
            return "no alias named a version at " + instant + "\n";
        }
        Table table = new Table("alias", "version", "since", "by", "reason");
        aliases.forEach((name, alias) -> {
            HistoryEntry entry = until.get(alias.since() - 1);
            table.add(name, String.valueOf(alias.version()), entry.at().toString(), entry.by(), entry.reason());
        });
        return table.toString();
    }

    static String moved(HistoryEntry entry, String what) {
        String before = entry.previous().isPresent()
                ? ", in place of " + entry.previous().getAsInt()
                : "";
        return "version " + number(entry.version()) + " " + what + before + " (entry " + entry.number() + ")\n";
    }

    private static String versions(HistoryEntry entry) {
        return entry.details().get("versions") instanceof List<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : number(entry.version());
    }

    private static String number(OptionalInt number) {
        return number.isPresent() ? String.valueOf(number.getAsInt()) : "";
    }

    /** Those of rows that weren't trained with say most. */
    private static String metrics(ModelVersion version, int most) {
        List<Map.Entry<String, Double>> all = new ArrayList<>(version.metrics().entrySet());
        all.sort((a, b) ->
                Boolean.compare(b.getKey().startsWith("validation."), a.getKey().startsWith("validation.")));
        return all.stream()
                .limit(most)
                .map(metric -> String.format(Locale.ROOT, "%s %.4f", metric.getKey(), metric.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String rows(Map<String, Long> rows) {
        return rows.entrySet().stream()
                .map(use -> String.format(Locale.ROOT, "%,d %s", use.getValue(), use.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String data(DataSnapshot data) {
        return data.location()
                + data.tableVersion().map(version -> ", version " + version).orElse("")
                + (data.files().isEmpty()
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", %,d files, %,d bytes",
                                data.files().size(),
                                data.bytes()));
    }
}
