package io.firesteel.spark.snapshot;

/**
 * A file, or a directory with the files that are directly in it.
 *
 * @param path full URI
 * @param files 1 for a file
 * @param bytes of all of them
 * @param modified when one was last written to, in milliseconds since 1970 by the storage's clock
 */
public record SnapshotEntry(String path, long files, long bytes, long modified) {
    public SnapshotEntry {
        if (path.isBlank() || files < 1 || bytes < 0) {
            throw new IllegalArgumentException("Invalid entry of a snapshot: \"" + path + "\" with " + files
                    + " files and " + bytes + " bytes (must have a path, at least 1 and at least 0)");
        }
    }

    String directory() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    SnapshotEntry in(String directory) {
        return new SnapshotEntry(directory, files, bytes, modified);
    }

    SnapshotEntry plus(SnapshotEntry other) {
        return new SnapshotEntry(path, files + other.files, bytes + other.bytes, Math.max(modified, other.modified));
    }
}
