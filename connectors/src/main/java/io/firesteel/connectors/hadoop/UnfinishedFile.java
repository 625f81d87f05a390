package io.firesteel.connectors.hadoop;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file that is written beside its place, under a name that readers pass over and no other writer has. */
final class UnfinishedFile {
    private static final String PREFIX = ".";
    private static final String SUFFIX = ".tmp";

    private final FileSystem fileSystem;
    private final Path path;

    private UnfinishedFile(FileSystem fileSystem, Path path) {
        this.fileSystem = fileSystem;
        this.path = path;
    }

    /** Writes it; if that fails, nothing is left of it. */
    static UnfinishedFile write(FileSystem fileSystem, Path target, FileContent content, RetryBudget budget)
            throws IOException {
        String name = PREFIX + target.getName() + "." + UUID.randomUUID() + SUFFIX;
        UnfinishedFile file = new UnfinishedFile(fileSystem, new Path(target.getParent(), name));
        try {
            budget.run(() -> file.put(content));
        } catch (IOException | RuntimeException | Error e) {
            file.removeAfter(e);
            throw e;
        }
        return file;
    }

    /** Whether a name is one of these. */
    static boolean isNameOfOne(String name) {
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    Path path() {
        return path;
    }

    boolean exists() throws IOException {
        return fileSystem.exists(path);
    }

    void remove() throws IOException {
        fileSystem.delete(path, false);
    }

    void removeAfter(Throwable failure) {
        try {
            remove();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void put(FileContent content) throws IOException {
        fileSystem.mkdirs(path.getParent());
        try (OutputStream out = fileSystem.create(path, true)) {
            content.writeTo(out);
        }
    }
}
