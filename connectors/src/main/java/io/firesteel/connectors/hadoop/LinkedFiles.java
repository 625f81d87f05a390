package io.firesteel.connectors.hadoop;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files on a local or mounted disk. Hadoop's own rename deletes the target first, and its create without overwriting lets
 * several writers through, so both are done by the operating system: rename(2) and link(2).
 */
final class LinkedFiles implements FilePlacement {
    private final FileSystem fileSystem;

    LinkedFiles(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    @Override
    public void replace(Path target, FileContent content, RetryBudget budget) throws IOException {
        UnfinishedFile unfinished = UnfinishedFile.write(fileSystem, target, content, budget);
        try {
            Files.move(local(unfinished.path()), local(target), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            unfinished.removeAfter(e);
            throw e;
        }
    }

    @Override
    public boolean createOnly(Path target, FileContent content, RetryBudget budget) throws IOException {
        UnfinishedFile unfinished = UnfinishedFile.write(fileSystem, target, content, budget);
        try {
            boolean won = link(unfinished.path(), target);
            unfinished.remove();
            return won;
        } catch (IOException e) {
            unfinished.removeAfter(e);
            throw e;
        }
    }

    private static boolean link(Path from, Path to) throws IOException {
        try {
            Files.createLink(local(to), local(from));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException e) {
            throw new IOException("the disk has no hard links; choose one that has, such as ext4, xfs or NFS", e);
        }
    }

    private static java.nio.file.Path local(Path file) {
        return java.nio.file.Path.of(file.toUri().getPath());
    }
}
