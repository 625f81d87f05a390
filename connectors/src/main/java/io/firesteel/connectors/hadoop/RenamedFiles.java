package io.firesteel.connectors.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/** Files on HDFS, whose NameNode renames a file in one step, over another or only where none is. */
final class RenamedFiles implements FilePlacement {
    private final FileSystem fileSystem;
    private final Configuration configuration;

    RenamedFiles(FileSystem fileSystem, Configuration configuration) {
        this.fileSystem = fileSystem;
        this.configuration = configuration;
    }

    @Override
    public void replace(Path target, FileContent content, RetryBudget budget) throws IOException {
        if (!place(target, content, Rename.OVERWRITE, budget)) {
            throw new FileAlreadyExistsException(target + " is a directory (expected a file)");
        }
    }

    @Override
    public boolean createOnly(Path target, FileContent content, RetryBudget budget) throws IOException {
        return place(target, content, Rename.NONE, budget);
    }

    private boolean place(Path target, FileContent content, Rename option, RetryBudget budget) throws IOException {
        UnfinishedFile unfinished = UnfinishedFile.write(fileSystem, target, content, budget);
        try {
            boolean placed = budget.call(() -> rename(unfinished, target, option));
            if (!placed) {
                unfinished.remove();
            }
            return placed;
        } catch (IOException e) {
            unfinished.removeAfter(e);
            throw e;
        }
    }

    /** Nobody else renames the unfinished file: if it's gone, an earlier attempt got through and its answer was lost. */
    private boolean rename(UnfinishedFile unfinished, Path target, Rename option) throws IOException {
        try {
            FileContext.getFileContext(target.toUri(), configuration).rename(unfinished.path(), target, option);
            return true;
        } catch (FileAlreadyExistsException e) {
            return !unfinished.exists();
        } catch (FileNotFoundException e) {
            if (unfinished.exists()) {
                throw e;
            }
            return true;
        }
    }
}
