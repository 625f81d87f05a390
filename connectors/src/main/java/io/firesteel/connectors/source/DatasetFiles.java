package io.firesteel.connectors.source;

import io.firesteel.engine.data.DataException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.Dependency;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.FileScanRDD;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The files that Spark would read for a DataFrame, as it found them when the data was opened. {@code Dataset.inputFiles} has those of
 * filtered partitions too, and neither sizes nor times; so the scan itself is asked.
 */
public final class DatasetFiles {
    private DatasetFiles() {}

    /**
     * Plans the scan, without reading a row. The files are in no order; none for sources that have no files.
     *
     * @throws DataException if the scan can't be planned
     */
    public static List<DatasetFile> of(Dataset<Row> rows) {
        return SparkReading.of(() -> scanned(rows));
    }

    private static List<DatasetFile> scanned(Dataset<Row> rows) {
        Map<String, DatasetFile> files = new HashMap<>();
        Set<Integer> seen = new HashSet<>();
        Deque<RDD<?>> open = new ArrayDeque<>();
        open.add(((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .toRdd());
        while (!open.isEmpty()) {
            RDD<?> rdd = open.remove();
            if (rdd instanceof FileScanRDD scan) {
                add(scan, files);
            }
            for (Dependency<?> dependency : CollectionConverters.asJava(rdd.dependencies())) {
                if (seen.add(dependency.rdd().id())) {
                    open.add(dependency.rdd());
                }
            }
        }
        return List.copyOf(files.values());
    }

    /** A large file is scanned in several parts. */
    private static void add(FileScanRDD scan, Map<String, DatasetFile> files) {
        for (FilePartition partition : CollectionConverters.asJava(scan.filePartitions())) {
            for (PartitionedFile part : partition.files()) {
                String path = part.toPath().toString();
                files.put(path, new DatasetFile(path, part.fileSize(), part.modificationTime()));
            }
        }
    }
}
