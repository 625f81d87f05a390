package io.firesteel.spark.predict;

import io.firesteel.connectors.source.DatasetLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Data as a command line names it.
 *
 * @param path a Hadoop path or URI, globs allowed
 * @param format name of a Spark source; empty to go by the path's ending, csv if that says nothing
 * @param options the source's; csv has a header and types of its own finding unless they say otherwise
 * @param where SQL that a row must meet; empty for every row
 */
public record DataRequest(String path, Optional<String> format, Map<String, String> options, Optional<String> where) {
    static final String CSV = "csv";

    public DataRequest {
        options = Map.copyOf(options);
    }

    /** The format that is given, or that the path ends in. */
    public String sourceFormat() {
        return format.orElseGet(() -> {
            String name = path.toLowerCase(Locale.ROOT).replaceFirst("[/*]+$", "");
            String bare = name.replaceFirst("\\.(gz|bz2|zst|lz4|snappy|deflate)$", "");
            return switch (bare.substring(bare.lastIndexOf('.') + 1)) {
                case "parquet", "pq" -> "parquet";
                case "json", "jsonl", "ndjson" -> "json";
                case "orc" -> "orc";
                case "avro" -> "avro";
                case "libsvm", "svm" -> "libsvm";
                default -> CSV;
            };
        });
    }

    /** The data, not opened yet. */
    public DatasetLocation location() {
        Map<String, String> all = new LinkedHashMap<>();
        if (sourceFormat().equals(CSV)) {
            all.put("header", "true");
            all.put("inferSchema", "true");
        }
        all.putAll(options);
        return new DatasetLocation(sourceFormat(), List.of(path), all, Map.of(), where);
    }
}
