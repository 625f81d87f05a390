package io.firesteel.spark;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A file that the user wants a report in: a path or a Hadoop URI. */
public final class ReportFile {
    private final String location;
    private final Path path;
    private final Configuration hadoop;

    public ReportFile(String location, Configuration hadoop) {
        this.location = location;
        this.path = new Path(location);
        this.hadoop = hadoop;
    }

    /**
     * Finds out whether the report can be written, leaving nothing behind.
     *
     * @throws RunException if a directory is in its place
     */
    public void checkWritable() {
        if (ArtifactDirectory.of(location, hadoop).isDirectory()) {
            throw new RunException(
                    RunException.Fault.JOB,
                    "Cannot write the report to " + location + ": it is a directory (expected a file's path)");
        }
        directory().checkWritable();
    }

    /** Writes the report, in place of one that is there. */
    public void write(byte[] report) {
        directory().write(path.getName(), report);
    }

    /** A name alone is in the working directory. */
    private ArtifactDirectory directory() {
        Path parent = path.getParent();
        return ArtifactDirectory.of(parent == null || parent.toString().isEmpty() ? "." : parent.toString(), hadoop);
    }
}
