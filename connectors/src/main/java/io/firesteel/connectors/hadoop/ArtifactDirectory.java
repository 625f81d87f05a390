package io.firesteel.connectors.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A directory for files that are written whole or not at all, on {@code file:}, {@code hdfs:} or {@code s3a:}: a reader never
 * sees a part of one, whenever its writer is killed. A file replaces one of its name ({@link #write}), or only comes where none
 * is, by exactly one of many writers ({@link #publishIfAbsent}).
 *
 * <p>Failures that pass (no server answers, HDFS in safe mode, an overloaded S3) are tried again for a time that the Hadoop
 * setting {@code firesteel.storage.retry.budget} limits, in seconds or with a unit (default 60 s; 0 for never); what fails
 * then or otherwise is an {@link ArtifactException} that names the URI, the reason and the way out. No attempt begins after
 * that time; how long one takes is for the settings of Hadoop's clients, which are given shorter limits here than their own
 * where nobody has set them. Any thread may call; nothing needs closing but what {@link #open} gives.
 */
public final class ArtifactDirectory {
    private static final byte[] PROBE = new byte[] {'f', 's'};
    private static final String CHECKSUMS = "SHA256SUMS";

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
            Configuration settings = ClientSettings.in(configuration);
            FileSystem fileSystem = path.getFileSystem(settings);
            if (fileSystem instanceof LocalFileSystem local) {
                local.setWriteChecksum(false);
            }
            return new ArtifactDirectory(fileSystem.makeQualified(path), settings, fileSystem);
        } catch (IOException | RuntimeException e) {
            // A client that isn't there, or isn't configured, is a RuntimeException of Hadoop's.
            throw new ArtifactException("Cannot use " + location + ": " + FailureReason.of(e), e);
        }
    }

    /** The full URI. */
    public String uri() {
        return path.toString();
    }

    /** A directory or file in this one. */
    public ArtifactDirectory child(String name) {
        return new ArtifactDirectory(new Path(path, name), configuration, fileSystem);
    }

    /** A file or directory anywhere on the same file system. */
    ArtifactDirectory sibling(String location) {
        return new ArtifactDirectory(new Path(location), configuration, fileSystem);
    }

    /** The content of a file. */
    byte[] readAll() {
        return attempt("read", path, () -> {
            try (InputStream in = fileSystem.open(path)) {
                return in.readAllBytes();
            }
        });
    }

    /**
     * The content of a file.
     *
     * @throws ArtifactException if there is none, or it can't be read
     */
    public byte[] readAll(String name) {
        return child(name).readAll();
    }

    /**
     * The content of a file whose checksum is known.
     *
     * @param sha256 64 lower-case hexadecimal digits
     * @throws ArtifactException if it has another
     */
    public byte[] readVerified(String name, String sha256) {
        try (InputStream in = openVerified(name, sha256)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ArtifactException("Cannot read " + child(name).uri() + ": " + FailureReason.of(e), e);
        }
    }

    /** A file as a stream, for its caller to close. */
    public InputStream open(String name) {
        Path file = new Path(path, name);
        return attempt("read", file, () -> fileSystem.open(file));
    }

    /** As {@link #open}; who reads to its end gets an {@link ArtifactException} there if the checksum is another. */
    public InputStream openVerified(String name, String sha256) {
        return new VerifiedStream(open(name), child(name).uri(), sha256);
    }

    /**
     * Reads a file to its end, to find out whether it is as it was stored.
     *
     * @throws ArtifactException if not
     */
    public void verify(String name, String sha256) {
        try (InputStream in = openVerified(name, sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new ArtifactException("Cannot read " + child(name).uri() + ": " + FailureReason.of(e), e);
        }
    }

    /** Whether something is there. */
    public boolean exists() {
        return attempt("look at", path, () -> fileSystem.exists(path));
    }

    /** Whether it is there, as a directory. */
    public boolean isDirectory() {
        return attempt(
                "look at",
                path,
                () -> fileSystem.exists(path) && fileSystem.getFileStatus(path).isDirectory());
    }

    /** The names of the files and directories in it, sorted, without unfinished ones; none if it isn't there. */
    public List<String> list() {
        return Arrays.stream(statuses())
                .map(status -> status.getPath().getName())
                .filter(name -> !UnfinishedFile.isNameOfOne(name))
                .sorted()
                .toList();
    }

    /** The files in it and in directories below, sorted, as paths from here; without unfinished ones. None if it isn't there. */
    public List<String> listFiles() {
        int start = path.toUri().getPath().length() + 1;
        return filesBelow().stream()
                .map(FileStatus::getPath)
                .filter(file -> !UnfinishedFile.isNameOfOne(file.getName()))
                .map(file -> file.toUri().getPath().substring(start))
                .sorted()
                .toList();
    }

    /**
     * When a file was last written to, by the clock of its storage: between two of them lies the time that passed, to the second. For a
     * directory the latest of the files below it, unfinished ones included. Empty if nothing is there.
     */
    public Optional<Instant> lastModified() {
        Optional<FileStatus> own = attempt("look at", path, () -> {
            try {
                return Optional.of(fileSystem.getFileStatus(path));
            } catch (FileNotFoundException e) {
                return Optional.empty();
            }
        });
        return own.map(status -> status.isFile() ? List.of(status) : filesBelow())
                .flatMap(below -> below.stream()
                        .map(FileStatus::getModificationTime)
                        .max(Long::compare)
                        .or(() -> own.map(FileStatus::getModificationTime)))
                .map(Instant::ofEpochMilli);
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
            placement().replace(probe, FileContent.of(PROBE), RetryBudget.start(configuration));
            fileSystem.delete(probe, false);
        } catch (IOException e) {
            throw new ArtifactException("Cannot write to " + path + ": " + writeReason(path, e), e);
        } finally {
            removeEmpty(missing);
        }
    }

    /** Writes a file whole, in place of one of the same name. */
    public StoredFile write(String name, byte[] content) {
        return write(name, FileContent.of(content));
    }

    /** Writes a file of any size whole, in place of one of the same name. */
    public StoredFile write(String name, FileContent content) {
        Path target = new Path(path, name);
        MeasuredContent measured = new MeasuredContent(content);
        placing(target, budget -> {
            placement().replace(target, measured, budget);
            return true;
        });
        return measured.stored(name);
    }

    /**
     * Writes a file whole where none of its name is. Of any number that try at once, on any machines, exactly one does. A file
     * that has been deleted may be published again.
     *
     * @return whether it was this call: if not, the file there is another's, and whole
     * @throws ArtifactException if it can't be written, or the file system lets more than one through
     */
    public boolean publishIfAbsent(String name, byte[] content) {
        return publishIfAbsent(name, FileContent.of(content));
    }

    /** As {@link #publishIfAbsent(String, byte[])}, of any size. */
    public boolean publishIfAbsent(String name, FileContent content) {
        Path target = new Path(path, name);
        return placing(target, budget -> placement().createOnly(target, content, budget));
    }

    /**
     * Declares the directory finished, by publishing the checksums of its files. Who reads only what {@link #checksums} names
     * gets all of one writer's files or none.
     *
     * @return whether it was this call; if not, another has finished it already
     */
    public boolean seal(Collection<StoredFile> files) {
        return publishIfAbsent(CHECKSUMS, Checksums.of(files).toBytes());
    }

    /** The checksums of its files; empty as long as it isn't finished. */
    public Optional<Checksums> checksums() {
        if (!child(CHECKSUMS).exists()) {
            return Optional.empty();
        }
        byte[] content = readAll(CHECKSUMS);
        try {
            return Optional.of(Checksums.parse(content));
        } catch (IllegalArgumentException e) {
            throw new ArtifactException("Cannot read " + child(CHECKSUMS).uri() + ": " + e.getMessage(), e);
        }
    }

    /** Deletes this directory and all in it, if it is there. */
    public void delete() {
        attempt("delete", path, () -> fileSystem.delete(path, true));
    }

    /**
     * Deletes what writers that were killed have left in it.
     *
     * @param age how long ago it was last written to, at least: longer than any file takes
     * @return how many files that were
     */
    public int deleteUnfinished(Duration age) {
        long latest = System.currentTimeMillis() - age.toMillis();
        int deleted = 0;
        for (FileStatus status : statuses()) {
            if (UnfinishedFile.isNameOfOne(status.getPath().getName()) && status.getModificationTime() <= latest) {
                child(status.getPath().getName()).delete();
                deleted++;
            }
        }
        return deleted;
    }

    private FilePlacement placement() {
        return FilePlacement.of(fileSystem, configuration);
    }

    private FileStatus[] statuses() {
        return attempt("list", path, () -> {
            try {
                return fileSystem.listStatus(path);
            } catch (FileNotFoundException e) {
                // If it is there now, it was made between the two.
                return fileSystem.exists(path) ? fileSystem.listStatus(path) : new FileStatus[0];
            }
        });
    }

    private List<FileStatus> filesBelow() {
        return attempt("list", path, () -> {
            List<FileStatus> files = new ArrayList<>();
            try {
                RemoteIterator<LocatedFileStatus> found = fileSystem.listFiles(path, true);
                while (found.hasNext()) {
                    files.add(found.next());
                }
            } catch (FileNotFoundException e) {
                files.clear();
            }
            return files;
        });
    }

    private <T> T attempt(String verb, Path what, RetryBudget.Attempt<T> attempt) {
        try {
            return RetryBudget.start(configuration).call(attempt);
        } catch (IOException e) {
            throw new ArtifactException("Cannot " + verb + " " + what + ": " + FailureReason.of(missingBucketOr(e)), e);
        }
    }

    /** A store that is asked for an object in no bucket says no more than that there is none. */
    private IOException missingBucketOr(IOException e) {
        if (!(e instanceof FileNotFoundException) || !(placement() instanceof PutObjects)) {
            return e;
        }
        try {
            fileSystem.listStatusIterator(new Path(path, Path.SEPARATOR)).hasNext();
            return e;
        } catch (IOException ofBucket) {
            return ofBucket;
        }
    }

    private boolean placing(Path target, Placing placing) {
        try {
            return placing.place(RetryBudget.start(configuration));
        } catch (IOException e) {
            throw new ArtifactException("Cannot write " + target + ": " + writeReason(target.getParent(), e), e);
        }
    }

    private Deque<Path> missingDirectories() {
        return attempt("look at", path, () -> {
            Deque<Path> missing = new ArrayDeque<>();
            for (Path at = path; at != null && !fileSystem.exists(at); at = at.getParent()) {
                missing.addLast(at);
            }
            return missing;
        });
    }

    private void removeEmpty(Deque<Path> directories) {
        try {
            for (Path directory : directories) {
                if (fileSystem.exists(directory) && fileSystem.listStatus(directory).length == 0) {
                    fileSystem.delete(directory, false);
                }
            }
        } catch (IOException e) {
            throw new ArtifactException("Cannot clean up " + path + ": " + FailureReason.of(e), e);
        }
    }

    /** File systems differ in what they say where a file is in a directory's place. */
    private String writeReason(Path directory, IOException e) {
        if (e instanceof RetryBudget.RetriesExhaustedException) {
            return FailureReason.of(e);
        }
        for (Path at = directory; at != null; at = at.getParent()) {
            try {
                return fileSystem.getFileStatus(at).isFile()
                        ? at + " is a file (expected a directory)"
                        : FailureReason.of(e);
            } catch (FileNotFoundException | ParentNotDirectoryException missing) {
                // What is above it decides.
            } catch (IOException unknown) {
                return FailureReason.of(e);
            }
        }
        return FailureReason.of(e);
    }

    @FunctionalInterface
    private interface Placing {
        boolean place(RetryBudget budget) throws IOException;
    }
}
