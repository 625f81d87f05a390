package io.firesteel.connectors.source;

import io.firesteel.connectors.hadoop.FailureReason;
import io.firesteel.connectors.hadoop.RetryBudget;
import io.firesteel.engine.data.DataException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The files behind a DataFrame, as storage describes them. */
public final class DatasetFiles {
    private DatasetFiles() {}

    /**
     * Lists them, a directory at a time; in no order. None for sources that have no files.
     *
     * @throws DataException if storage fails, or a file has gone meanwhile
     */
    public static List<DatasetFile> of(Dataset<Row> rows) {
        Map<Path, Set<Path>> byDirectory = new HashMap<>();
        for (String file : rows.inputFiles()) {
            // Spark gives them encoded.
            Path path = new Path(URI.create(file));
            byDirectory.computeIfAbsent(path.getParent(), directory -> new HashSet<>()).add(path);
        }
        Configuration hadoop = rows.sparkSession().sparkContext().hadoopConfiguration();
        List<DatasetFile> files = new ArrayList<>();
        byDirectory.forEach((directory, wanted) -> files.addAll(inDirectory(directory, wanted, hadoop)));
        return files;
    }

    private static List<DatasetFile> inDirectory(Path directory, Set<Path> wanted, Configuration hadoop) {
        try {
            FileSystem fileSystem = directory.getFileSystem(hadoop);
            FileStatus[] statuses = RetryBudget.start(hadoop).call(() -> fileSystem.listStatus(directory));
            Set<Path> missing = new HashSet<>();
            wanted.forEach(path -> missing.add(fileSystem.makeQualified(path)));
            List<DatasetFile> files = new ArrayList<>();
            for (FileStatus status : statuses) {
                if (missing.remove(status.getPath())) {
                    files.add(new DatasetFile(
                            status.getPath().toString(), status.getLen(), status.getModificationTime()));
                }
            }
            if (!missing.isEmpty()) {
                throw new DataException("Cannot look at " + missing.iterator().next()
                        + ": it has gone while the data was listed (run again)");
            }
            return files;
        } catch (IOException e) {
            throw new DataException(
                    "Cannot look at " + directory + ": " + FailureReason.find(e).orElse(e.getMessage()), e);
        }
    }
}
