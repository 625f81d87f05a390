package io.firesteel.spark.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The dataset of a job.
 *
 * @param format name of any Spark source: {@code csv}, {@code parquet}, …
 * @param paths where it lies, as written in the job file: Hadoop URIs or paths, globs allowed, relative ones to be resolved
 *     with {@link JobDirectory}; at least one for the sources that read files, else it may be empty
 * @param options of the source, ordered by name
 * @param derive columns that are added, each with its SQL, in their order; to rows for validation as well
 * @param where SQL that a row must meet; empty: every row is used
 * @param validation the rows kept from training; empty: none
 */
public record DataConfig(
        String format,
        List<String> paths,
        Map<String, String> options,
        Map<String, String> derive,
        Optional<String> where,
        Optional<ValidationConfig> validation) {
    public DataConfig {
        SourceSection.FORMAT.check(format);
        paths = SourceSection.checkPaths(format, paths);
        options = SourceSection.checkOptions(options);
        derive = DeriveType.copyOf(derive);
        SourceSection.WHERE.check(where);
        Objects.requireNonNull(validation, "validation");
    }
}
