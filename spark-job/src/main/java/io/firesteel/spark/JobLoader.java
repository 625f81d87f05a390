package io.firesteel.spark;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.connectors.hadoop.ClientSettings;
import io.firesteel.connectors.hadoop.FailureReason;
import io.firesteel.connectors.hadoop.RetryBudget;
import io.firesteel.spark.config.ConfigException;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.JobDirectory;
import io.firesteel.spark.config.JobFile;
import io.firesteel.spark.config.Substitutions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Reads job files from any Hadoop file system. It runs before Spark starts: a wrong file is refused at once. */
public final class JobLoader {
    private JobLoader() {}

    /**
     * Reads the job that a request names.
     *
     * @throws RunException if there is none, or it is wrong
     */
    public static JobConfig load(TrainingRequest request) {
        Substitutions substitutions =
                new Substitutions(System.getenv(), Path.of("").toAbsolutePath().toString(), request.runDate());
        Configuration hadoop = hadoop();
        try {
            org.apache.hadoop.fs.Path path = path(request.jobFile());
            org.apache.hadoop.fs.FileSystem fileSystem =
                    RetryBudget.start(hadoop).call(() -> path.getFileSystem(hadoop));
            String text = RetryBudget.start(hadoop).call(() -> read(fileSystem, path));
            JobConfig job = JobFile.parse(text, request.jobFile(), substitutions, request.overrides());
            return job.resolvedAgainst(
                    JobDirectory.of(fileSystem.makeQualified(path).toString()));
        } catch (FileNotFoundException e) {
            throw unreadable(request.jobFile(), "no such file", ofStoreOr(e, request.jobFile(), hadoop));
        } catch (IOException e) {
            throw unreadable(request.jobFile(), e.getMessage(), ofStoreOr(e, request.jobFile(), hadoop));
        } catch (ConfigException e) {
            throw new RunException(RunException.Fault.JOB, e.getMessage(), e);
        }
    }

    /** A job file that storage keeps back isn't wrong. */
    private static RunException unreadable(String jobFile, String why, Exception e) {
        RunException.Fault fault = FailureReason.isOfStorage(e) ? RunException.Fault.DATA : RunException.Fault.JOB;
        return new RunException(
                fault,
                "Cannot read job file " + jobFile + ": " + FailureReason.find(e).orElse(why),
                e);
    }

    /** A store that is asked for a file says no more than that there is none, or that it's denied. */
    private static Exception ofStoreOr(IOException e, String jobFile, Configuration hadoop) {
        boolean terse = e instanceof FileNotFoundException || e instanceof AccessDeniedException;
        try {
            if (terse) {
                ArtifactDirectory.of(jobFile, hadoop).checkReachable();
            }
            return e;
        } catch (ArtifactException ofStore) {
            return ofStore;
        }
    }

    /** Hadoop's settings before Spark runs: those of its configuration files, and those that spark-submit has put into system properties. */
    public static Configuration hadoop() {
        Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
        ClientSettings.addTo(hadoop);
        return hadoop;
    }

    private static org.apache.hadoop.fs.Path path(String jobFile) throws IOException {
        try {
            return new org.apache.hadoop.fs.Path(jobFile);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String read(org.apache.hadoop.fs.FileSystem fileSystem, org.apache.hadoop.fs.Path path)
            throws IOException {
        if (fileSystem.getFileStatus(path).isDirectory()) {
            throw new IOException("it is a directory");
        }
        try (InputStream in = fileSystem.open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
