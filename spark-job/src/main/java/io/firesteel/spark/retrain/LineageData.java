package io.firesteel.spark.retrain;

import io.firesteel.engine.registry.DataSnapshot;
import io.firesteel.engine.registry.SnapshotFile;
import io.firesteel.spark.config.JobConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a version's lineage says of its data. */
final class LineageData {
    private LineageData() {}

    /** The files that were read; none where there are too many to name, or the source has none. */
    static List<DataSnapshot> of(JobConfig job, io.firesteel.spark.snapshot.DataSnapshot snapshot) {
        List<SnapshotFile> files = snapshot.entries().stream()
                .map(entry -> new SnapshotFile(entry.path(), entry.bytes(), Instant.ofEpochMilli(entry.modified())))
                .toList();
        String location = job.data().paths().isEmpty()
                ? job.data().format()
                : String.join(", ", job.data().paths());
        return List.of(new DataSnapshot(location, Optional.empty(), files));
    }
}
