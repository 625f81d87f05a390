package io.firesteel.connectors.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.ParentNotDirectoryException;
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

    /** Whether it is there, as a directory. */
    public boolean isDirectory() {
        try {
            return fileSystem.exists(path) && fileSystem.getFileStatus(path).isDirectory();
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
            putOrRemove(probe, PROBE);
            fileSystem.delete(probe, false);
        } catch (IOException e) {
            throw new ArtifactException("Cannot write to " + path + ": " + writeReason(path, e), e);
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
                putAndRename(target, content);
            } else {
                put(target, content);
            }
        } catch (IOException e) {
            throw new ArtifactException("Cannot write " + target + ": " + writeReason(target.getParent(), e), e);
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

    private void putAndRename(Path target, byte[] content) throws IOException {
        Path unfinished = new Path(target.getParent(), "." + target.getName() + ".tmp");
        putOrRemove(unfinished, content);
        try {
            rename(unfinished, target);
        } catch (IOException e) {
            removeAfter(e, unfinished);
            throw e;
        }
    }

    /** Hadoop's own rename deletes the target first where the file system is local. */
    private void rename(Path from, Path to) throws IOException {
        if (isLocal()) {
            Files.move(localPath(from), localPath(to), StandardCopyOption.ATOMIC_MOVE);
        } else {
            FileContext.getFileContext(path.toUri(), configuration).rename(from, to, Rename.OVERWRITE);
        }
    }

    private static java.nio.file.Path localPath(Path file) {
        return java.nio.file.Path.of(file.toUri().getPath());
    }

    private void putOrRemove(Path file, byte[] content) throws IOException {
        try {
            put(file, content);
        } catch (IOException e) {
            removeAfter(e, file);
            throw e;
        }
    }

    private void removeAfter(IOException failure, Path file) {
        try {
            fileSystem.delete(file, false);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void put(Path file, byte[] content) throws IOException {
        try (OutputStream out = fileSystem.create(file, true)) {
            out.write(content);
        }
    }

    private boolean renamesAtomically() {
        return isLocal() || "hdfs".equals(fileSystem.getScheme());
    }

    private boolean isLocal() {
        return "file".equals(fileSystem.getScheme());
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

    /** File systems differ in what they say where a file is in a directory's place. */
    private String writeReason(Path directory, IOException e) {
        for (Path at = directory; at != null; at = at.getParent()) {
            try {
                return fileSystem.getFileStatus(at).isFile() ? at + " is a file (expected a directory)" : reason(e);
            } catch (FileNotFoundException | ParentNotDirectoryException missing) {
                // What is above it decides.
            } catch (IOException unknown) {
                return reason(e);
            }
        }
        return reason(e);
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
