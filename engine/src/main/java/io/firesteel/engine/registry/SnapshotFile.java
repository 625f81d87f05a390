package io.firesteel.engine.registry;

import java.time.Instant;

/**
 * A file of data as it was when it was read.
 *
 * @param path within its location, or a URI
 * @param bytes its length, 0 or more
 * @param modified when it was last written to, by the clock of its storage
 */
public record SnapshotFile(String path, long bytes, Instant modified) {
    public SnapshotFile {
        if (path.isBlank()) {
            throw new IllegalArgumentException("Invalid path of a data file: blank (must name it)");
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("Invalid length of " + path + ": " + bytes + " (must be 0 or more)");
        }
    }
}
