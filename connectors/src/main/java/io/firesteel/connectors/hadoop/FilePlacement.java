package io.firesteel.connectors.hadoop;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** How a file comes to its name, whole or not at all: what is atomic differs between file systems. */
interface FilePlacement {
    /** Puts a file in place of one of the same name. */
    void replace(Path target, FileContent content, RetryBudget budget) throws IOException;

    /**
     * Puts a file where none is: of any number of writers, on any machines, exactly one does.
     *
     * @return whether this one did
     */
    boolean createOnly(Path target, FileContent content, RetryBudget budget) throws IOException;

    static FilePlacement of(FileSystem fileSystem, Configuration configuration) {
        return switch (fileSystem.getScheme()) {
            case "file" -> new LinkedFiles(fileSystem);
            case "hdfs" -> new RenamedFiles(fileSystem, configuration);
            default -> new PutObjects(fileSystem);
        };
    }
}
