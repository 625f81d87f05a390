package io.firesteel.engine.registry;

import java.util.List;
import java.util.Optional;

/**
 * Data that a model was trained on, as it was then: the files, or for a table format its version.
 *
 * @param location path, URI or table
 * @param tableVersion of a format that has such
 * @param files what was read; none where the version says it
 */
public record DataSnapshot(String location, Optional<String> tableVersion, List<SnapshotFile> files) {
    public DataSnapshot {
        if (location.isBlank()) {
            throw new IllegalArgumentException("Invalid location of data: blank (must name it)");
        }
        files = List.copyOf(files);
    }

    /** The length of all its files. */
    public long bytes() {
        return files.stream().mapToLong(SnapshotFile::bytes).sum();
    }
}
