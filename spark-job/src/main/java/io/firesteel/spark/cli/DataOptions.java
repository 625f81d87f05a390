package io.firesteel.spark.cli;

import io.firesteel.spark.predict.DataRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which rows a trained model is to work on. */
final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "The rows: a file, folder or glob, a path or a Hadoop URI.")
    private String data;

    @Option(
            names = "--format",
            paramLabel = "F",
            description =
                    "Spark's name of the data's format: csv, parquet, json, orc, … (default: by the path's ending, else csv).")
    private String format;

    @Option(
            names = {"--options", "--option"},
            paramLabel = "K=V",
            description =
                    "An option of Spark's source, for example sep=; may be repeated (default for csv: header=true, and with a model inferSchema=true).")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description =
                    "Rows that count, as Spark SQL over the data's columns: \"day >= '2026-01-01' and double(amount) > 0\" (default: all).")
    private String where;

    boolean isGiven() {
        return data != null;
    }

    Optional<String> where() {
        return Optional.ofNullable(where);
    }

    Optional<String> format() {
        return Optional.ofNullable(format);
    }

    Map<String, String> options() {
        return options;
    }

    DataRequest request() {
        return new DataRequest(data, format(), options, where());
    }
}
