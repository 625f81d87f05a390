package io.firesteel.connectors.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/**
 * A directory for the files of one run. A file is written under another name, closed and renamed, so a reader sees all of it
 * or nothing; on object stores, where a rename is a copy and a put is atomic, it is put under its own name.
 */
public final class ArtifactDirectory {
    private static final byte[] PROBE = new byte[] {'f', 's'};

    private final Path path;
    private final Configuration configuration;
    private final FileSystem fileSystem;

    private ArtifactDirectory(Path path, Configuration configuration, FileSystem fileSystem) {
        this.path = path;
        this.configuration = configuration;
        this.fileSystem = fileSystem;
    }

    /**
     * Names a directory, which needn't exist.
     *
     * @param location Hadoop path or URI
     * @throws ArtifactException if there is no file system for it
     */
    public static ArtifactDirectory of(String location, Configuration configuration) {
        try {
            Path path = new Path(location);
            FileSystem fileSystem = path.getFileSystem(configuration);
            if (fileSystem instanceof LocalFileSystem local) {
                local.setWriteChecksum(false);
            }
            return new ArtifactDirectory(fileSystem.makeQualified(path), configuration, fileSystem);
        } catch (IOException | IllegalArgumentException e) {
            throw new ArtifactException("Cannot use " + location + ": " + reason(e), e);
        }
    }

    /** The full URI. */
    public String uri() {
        return path.toString();
    }

    /** A directory in this one. */
    public ArtifactDirectory child(String name) {
        return new ArtifactDirectory(new Path(path, name), configuration, fileSystem);
    }

    /** A file or directory anywhere on the same file system. */
    ArtifactDirectory sibling(String location) {
        return new ArtifactDirectory(new Path(location), configuration, fileSystem);
    }

    /** The content of a file. */
    byte[] readAll() {
        try (InputStream in = fileSystem.open(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ArtifactException("Cannot read " + path + ": " + reason(e), e);
        }
    }

    /** Whether something is there. */
    public boolean exists() {
        try {
            return fileSystem.exists(path);
        } catch (IOException e) {
            throw new ArtifactException("Cannot look at " + path + ": " + reason(e), e);
        }
    }

    /**
     * Finds out whether files can be written here, leaving nothing behind that wasn't there.
     *
     * @throws ArtifactException if not
     */
    public void checkWritable() {
        Deque<Path> missing = missingDirectories();
        Path probe = new Path(path, ".firesteel-probe-" + Long.toHexString(System.nanoTime()));
        try {
            fileSystem.mkdirs(path);
            try (OutputStream out = fileSystem.create(probe, true)) {
                out.write(PROBE);
            }
            fileSystem.delete(probe, false);
        } catch (IOException e) {
            throw new ArtifactException("Cannot write to " + path + ": " + reason(e), e);
        } finally {
            removeEmpty(missing);
        }
    }

    /** Writes a file whole, in place of one of the same name. */
    public void write(String name, byte[] content) {
        Path target = new Path(path, name);
        try {
            fileSystem.mkdirs(target.getParent());
            if (renamesAtomically()) {
                Path unfinished = new Path(target.getParent(), "." + target.getName() + ".tmp");
                put(unfinished, content);
                FileContext.getFileContext(path.toUri(), configuration).rename(unfinished, target, Rename.OVERWRITE);
            } else {
                put(target, content);
            }
        } catch (IOException e) {
            throw new ArtifactException("Cannot write " + target + ": " + reason(e), e);
        }
    }

    /** Deletes this directory and all in it, if it is there. */
    public void delete() {
        try {
            fileSystem.delete(path, true);
        } catch (IOException e) {
            throw new ArtifactException("Cannot delete " + path + ": " + reason(e), e);
        }
    }

    private void put(Path file, byte[] content) throws IOException {
        try (OutputStream out = fileSystem.create(file, true)) {
            out.write(content);
        }
    }

    private boolean renamesAtomically() {
        String scheme = fileSystem.getScheme();
        return "file".equals(scheme) || "hdfs".equals(scheme);
    }

    private Deque<Path> missingDirectories() {
        Deque<Path> missing = new ArrayDeque<>();
        try {
            for (Path at = path; at != null && !fileSystem.exists(at); at = at.getParent()) {
                missing.addLast(at);
            }
        } catch (IOException e) {
            throw new ArtifactException("Cannot look at " + path + ": " + reason(e), e);
        }
        return missing;
    }

    private void removeEmpty(Deque<Path> directories) {
        try {
            for (Path directory : directories) {
                if (fileSystem.exists(directory) && fileSystem.listStatus(directory).length == 0) {
                    fileSystem.delete(directory, false);
                }
            }
        } catch (IOException e) {
            throw new ArtifactException("Cannot clean up " + path + ": " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        if (e instanceof FileNotFoundException) {
            return "no such file or directory: " + e.getMessage();
        }
        return e.getMessage() == null
                ? e.toString()
                : e.getMessage().lines().findFirst().orElse("");
    }
}
