package io.firesteel.connectors.registry;

import io.firesteel.engine.registry.Action;
import io.firesteel.engine.registry.AliasState;
import io.firesteel.engine.registry.Change;
import io.firesteel.engine.registry.HistoryEntry;
import io.firesteel.engine.registry.RegistryState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An entry of the log as JSON, in the schema {@code firesteel.registry/1}. */
public final class EntryJson {
    static final String SCHEMA = "firesteel.registry/1";

    private EntryJson() {}

    /** Its fields in the file's order. */
    public static Map<String, Object> fields(HistoryEntry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", SCHEMA);
        fields.put("number", entry.number());
        fields.put("id", entry.id());
        fields.put("action", entry.action().label());
        entry.version().ifPresent(version -> fields.put("version", version));
        entry.alias().ifPresent(alias -> fields.put("alias", alias));
        entry.previous().ifPresent(previous -> fields.put("previous", previous));
        fields.put("by", entry.by());
        fields.put("at", entry.at().toString());
        fields.put("reason", entry.reason());
        entry.key().ifPresent(key -> fields.put("key", key));
        fields.put("details", entry.details());
        putState(fields, entry.state());
        return fields;
    }

    static byte[] toBytes(HistoryEntry entry) {
        return JsonFields.toBytes(fields(entry));
    }

    /** @throws io.firesteel.engine.registry.RegistryException if it isn't one */
    static HistoryEntry parse(byte[] content, String uri) {
        JsonFields fields = JsonFields.parse(content, uri, SCHEMA);
        return fields.valid(() -> new HistoryEntry(
                fields.integer("number"),
                fields.text("id"),
                change(fields),
                fields.text("by"),
                fields.instant("at"),
                state(fields)));
    }

    private static Change change(JsonFields fields) {
        return new Change(
                Action.of(fields.text("action")),
                fields.findInteger("version"),
                fields.findText("alias"),
                fields.findInteger("previous"),
                fields.text("reason"),
                fields.findText("key"),
                fields.map("details"));
    }

    private static void putState(Map<String, Object> fields, RegistryState state) {
        Map<String, Object> aliases = new LinkedHashMap<>();
        state.aliases().forEach((name, alias) -> {
            Map<String, Object> named = new LinkedHashMap<>();
            named.put("version", alias.version());
            named.put("since", alias.since());
            named.put("former", alias.former());
            aliases.put(name, named);
        });
        fields.put("aliases", aliases);
        fields.put("versions", state.versions());
        fields.put("latest", state.latest());
    }

    private static RegistryState state(JsonFields fields) {
        JsonFields aliases = fields.object("aliases");
        return new RegistryState(
                fields.integer("number"),
                aliases.each(name -> alias(aliases.object(name))),
                versions(fields.object("versions")),
                fields.integer("latest"));
    }

    private static AliasState alias(JsonFields fields) {
        return new AliasState(fields.integer("version"), fields.integer("since"), fields.integers("former"));
    }

    private static SortedMap<Integer, String> versions(JsonFields fields) {
        SortedMap<Integer, String> versions = new TreeMap<>();
        fields.each(fields::text).forEach((number, directory) -> versions.put(number(fields, number), directory));
        return versions;
    }

    private static int number(JsonFields fields, String name) {
        return Optional.of(name)
                .filter(text -> text.matches("[1-9][0-9]{0,8}"))
                .map(Integer::parseInt)
                .orElseThrow(() -> fields.damaged("versions has " + name + " (expected numbers of versions)"));
    }
}
