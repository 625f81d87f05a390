package io.firesteel.spark;

import io.firesteel.spark.config.ConfigException;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.JobDirectory;
import io.firesteel.spark.config.JobFile;
import io.firesteel.spark.config.Substitutions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
        try {
            org.apache.hadoop.fs.Path path = path(request.jobFile());
            org.apache.hadoop.fs.FileSystem fileSystem = path.getFileSystem(hadoop());
            String text = read(fileSystem, path);
            JobConfig job = JobFile.parse(text, request.jobFile(), substitutions, request.overrides());
            return job.resolvedAgainst(
                    JobDirectory.of(fileSystem.makeQualified(path).toString()));
        } catch (FileNotFoundException e) {
            throw new RunException(
                    RunException.Fault.JOB, "Cannot read job file " + request.jobFile() + ": no such file", e);
        } catch (IOException e) {
            throw new RunException(
                    RunException.Fault.JOB, "Cannot read job file " + request.jobFile() + ": " + e.getMessage(), e);
        } catch (ConfigException e) {
            throw new RunException(RunException.Fault.JOB, e.getMessage(), e);
        }
    }

    /** Spark's settings of file systems hold for the job file too: spark-submit has put them into system properties. */
    public static Configuration hadoop() {
        return SparkHadoopUtil.get().newConfiguration(new SparkConf());
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
