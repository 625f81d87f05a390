package io.firesteel.spark.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.connectors.source.DatasetFile;
import io.firesteel.connectors.source.DatasetFiles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What data is, or was: the files that Spark reads it from. Sources without files, such as a database, have a snapshot without any: a
 * watermark says more of them ({@link NewData#byWatermark}). Its JSON is bounded: up to 10 000 files are listed, of more
 * the directories, of more than so many directories nothing but sums and the digest.
 *
 * @param files how many
 * @param bytes of all of them
 * @param latestModified when one was last written to, in milliseconds since 1970 by the storage's clock; 0 without files
 * @param sha256 of the full listing, a line {@code path TAB bytes TAB modified} for each file, by path
 * @param granularity what the entries are
 * @param entries by path
 */
public record DataSnapshot(
        long files,
        long bytes,
        long latestModified,
        String sha256,
        Granularity granularity,
        List<SnapshotEntry> entries) {
    static final int MOST_ENTRIES = 10_000;

    public DataSnapshot {
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(granularity, "granularity");
        entries = List.copyOf(entries);
        if (files < 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "Invalid snapshot: " + files + " files of " + bytes + " bytes (must be 0 or more)");
        }
    }

    /**
     * Lists the files of a DataFrame; those of partitions that its filters rule out aren't among them. No row is read.
     *
     * @throws io.firesteel.engine.data.DataException if storage fails
     */
    public static DataSnapshot of(Dataset<Row> rows) {
        return of(DatasetFiles.of(rows), MOST_ENTRIES);
    }

    static DataSnapshot of(List<DatasetFile> found, int mostEntries) {
        List<DatasetFile> files =
                found.stream().sorted(Comparator.comparing(DatasetFile::path)).toList();
        List<SnapshotEntry> all = files.stream()
                .map(file -> new SnapshotEntry(file.path(), 1, file.bytes(), file.modified()))
                .toList();
        Granularity granularity = Granularity.FILES;
        List<SnapshotEntry> entries = all;
        if (entries.size() > mostEntries) {
            granularity = Granularity.DIRECTORIES;
            entries = directories(all);
        }
        if (entries.size() > mostEntries) {
            granularity = Granularity.TOTALS;
            entries = List.of();
        }
        return new DataSnapshot(
                files.size(),
                files.stream().mapToLong(DatasetFile::bytes).sum(),
                files.stream().mapToLong(DatasetFile::modified).max().orElse(0),
                digest(files),
                granularity,
                entries);
    }

    static List<SnapshotEntry> directories(List<SnapshotEntry> files) {
        Map<String, SnapshotEntry> directories = new TreeMap<>();
        files.forEach(file -> directories.merge(file.directory(), file.in(file.directory()), SnapshotEntry::plus));
        return List.copyOf(directories.values());
    }

    private static String digest(List<DatasetFile> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (DatasetFile file : files) {
                String line = file.path() + "\t" + file.bytes() + "\t" + file.modified() + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot compute SHA-256: every JDK has it, this one doesn't", e);
        }
    }

    /** What has become of the data since an earlier snapshot. */
    public SnapshotDifference since(DataSnapshot earlier) {
        return SnapshotDifference.of(earlier, this);
    }

    /** Entries that can be compared with those of another snapshot. */
    List<SnapshotEntry> entries(Granularity wanted) {
        if (wanted == Granularity.TOTALS) {
            return List.of();
        }
        return wanted == Granularity.DIRECTORIES && granularity == Granularity.FILES ? directories(entries) : entries;
    }

    /** For JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("files", files);
        fields.put("bytes", bytes);
        fields.put("latestModified", latestModified);
        fields.put("sha256", sha256);
        fields.put("granularity", granularity.label());
        List<Map<String, Object>> listed = new ArrayList<>();
        for (SnapshotEntry entry : entries) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("path", entry.path());
            if (granularity == Granularity.DIRECTORIES) {
                line.put("files", entry.files());
            }
            line.put("bytes", entry.bytes());
            line.put("modified", entry.modified());
            listed.add(line);
        }
        fields.put("entries", listed);
        return fields;
    }

    /**
     * What {@link #toMap} has given.
     *
     * @throws IllegalArgumentException if it isn't that
     */
    public static DataSnapshot of(JsonNode fields) {
        for (String name : List.of("files", "bytes", "latestModified", "sha256", "granularity", "entries")) {
            if (!fields.has(name)) {
                throw new IllegalArgumentException("Cannot read snapshot: a field is missing (" + name + ")");
            }
        }
        List<SnapshotEntry> entries = new ArrayList<>();
        fields.get("entries")
                .forEach(entry -> entries.add(new SnapshotEntry(
                        entry.path("path").asText(),
                        entry.path("files").asLong(1),
                        entry.path("bytes").asLong(),
                        entry.path("modified").asLong())));
        return new DataSnapshot(
                fields.get("files").asLong(),
                fields.get("bytes").asLong(),
                fields.get("latestModified").asLong(),
                fields.get("sha256").asText(),
                Granularity.of(fields.get("granularity").asText()),
                entries);
    }
}
