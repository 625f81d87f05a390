package io.firesteel.connectors.registry;

import io.firesteel.engine.registry.DataSnapshot;
import io.firesteel.engine.registry.Lineage;
import io.firesteel.engine.registry.ModelVersion;
import io.firesteel.engine.registry.SnapshotFile;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * A version as JSON, in the schema {@code firesteel.version/1}. Its file doesn't hold its number, which the log gives it when the
 * file is sealed already.
 */
public final class VersionJson {
    static final String SCHEMA = "firesteel.version/1";

    private VersionJson() {}

    /** All that is known of it, number and location included. */
    public static Map<String, Object> fields(ModelVersion version) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", version.number());
        fields.put("location", version.location());
        fields.putAll(storedFields(version));
        return fields;
    }

    static byte[] toBytes(ModelVersion version) {
        return JsonFields.toBytes(storedFields(version));
    }

    /** @throws io.firesteel.engine.registry.RegistryException if it isn't one */
    static ModelVersion parse(byte[] content, String uri, int number, String location) {
        JsonFields fields = JsonFields.parse(content, uri, SCHEMA);
        JsonFields metrics = fields.object("metrics");
        return fields.valid(() -> new ModelVersion(
                number,
                location,
                fields.findText("key"),
                fields.instant("created"),
                fields.text("by"),
                metrics.each(metrics::decimal),
                lineage(fields.object("lineage"))));
    }

    private static Map<String, Object> storedFields(ModelVersion version) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", SCHEMA);
        version.key().ifPresent(key -> fields.put("key", key));
        fields.put("created", version.created().toString());
        fields.put("by", version.by());
        fields.put("metrics", finite(version.metrics()));
        fields.put("lineage", fields(version.lineage()));
        return fields;
    }

    private static Map<String, Object> fields(Lineage lineage) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("runId", lineage.runId());
        lineage.date().ifPresent(date -> fields.put("date", date.toString()));
        fields.put("rows", lineage.rows());
        lineage.ledgerHash().ifPresent(hash -> fields.put("ledgerHash", hash));
        fields.put("codeVersion", lineage.codeVersion());
        fields.put("jobSha256", lineage.jobSha256());
        lineage.parent().ifPresent(parent -> fields.put("parent", parent));
        fields.put("data", lineage.data().stream().map(VersionJson::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(DataSnapshot snapshot) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("location", snapshot.location());
        snapshot.tableVersion().ifPresent(version -> fields.put("tableVersion", version));
        fields.put("files", snapshot.files().stream().map(VersionJson::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(SnapshotFile file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("path", file.path());
        fields.put("bytes", file.bytes());
        fields.put("modified", file.modified().toString());
        return fields;
    }

    private static Lineage lineage(JsonFields fields) {
        JsonFields rows = fields.object("rows");
        return new Lineage(
                fields.text("runId"),
                fields.findText("date").map(date -> date(fields, date)),
                fields.objects("data").stream().map(VersionJson::snapshot).toList(),
                rows.each(rows::number),
                fields.findText("ledgerHash"),
                fields.text("codeVersion"),
                fields.text("jobSha256"),
                fields.findInteger("parent"));
    }

    private static DataSnapshot snapshot(JsonFields fields) {
        return new DataSnapshot(
                fields.text("location"),
                fields.findText("tableVersion"),
                fields.objects("files").stream().map(VersionJson::file).toList());
    }

    private static SnapshotFile file(JsonFields fields) {
        return new SnapshotFile(fields.text("path"), fields.number("bytes"), fields.instant("modified"));
    }

    private static LocalDate date(JsonFields fields, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw fields.damaged("date is " + text + " (expected YYYY-MM-DD)");
        }
    }

    /** Null for NaN and infinity, which JSON doesn't have. */
    private static Map<String, Double> finite(SortedMap<String, Double> metrics) {
        Map<String, Double> finite = new LinkedHashMap<>();
        metrics.forEach((name, value) -> finite.put(name, Double.isFinite(value) ? value : null));
        return finite;
    }
}
