package io.firesteel.spark.report;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.JobFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * {@code <output>/<name>/<run id>/}: {@code job.yaml}, {@code history.jsonl}, {@code report.json} and {@code model/}. It is
 * created by its first file, when training begins.
 */
public final class RunDirectory {
    private static final long HISTORY_INTERVAL_NANOS = 1_000_000_000;

    private final ArtifactDirectory directory;
    private final NavigableMap<Integer, EpochRecord> history = new TreeMap<>();

    private long nextWrite = System.nanoTime();

    private RunDirectory(ArtifactDirectory directory) {
        this.directory = directory;
    }

    /** Names the directory of a run. */
    public static RunDirectory of(JobConfig job, String runId, Configuration configuration) {
        return new RunDirectory(ArtifactDirectory.of(job.output(), configuration)
                .child(job.name())
                .child(runId));
    }

    /** The directory's URI. */
    public String uri() {
        return directory.uri();
    }

    /** Whether a run of this id has written already. */
    public boolean exists() {
        return directory.exists();
    }

    /** Finds out whether the run's files can be written, leaving nothing behind. */
    public void checkWritable() {
        directory.checkWritable();
    }

    /** Where the run's checkpoints go. */
    public String checkpoints() {
        return directory.child("checkpoints").uri();
    }

    /** Writes the resolved job, without the secrets among its options. */
    public void writeJob(JobConfig job) {
        directory.write("job.yaml", JobFile.toYamlWithoutSecrets(job).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds an epoch to the history, or puts it in place of the one of the same number, when a restart repeats it. The file
     * follows within a second: stores without an append have it written whole each time.
     */
    public synchronized void addEpoch(EpochRecord epoch) {
        history.put(epoch.epoch(), epoch);
        if (System.nanoTime() >= nextWrite) {
            writeHistory();
            nextWrite = System.nanoTime() + HISTORY_INTERVAL_NANOS;
        }
    }

    /** Writes the history as it is now. */
    public synchronized void writeHistory() {
        directory.write("history.jsonl", RunReport.toJsonLines(history()));
    }

    /** The completed epochs in order. */
    public synchronized List<EpochRecord> history() {
        return List.copyOf(history.values());
    }

    /** Writes the model: its description, weights and metrics. The weights come last. */
    public String writeModel(byte[] description, byte[] metrics, byte[] weights) {
        ArtifactDirectory model = directory.child("model");
        model.write("model.yaml", description);
        model.write("metrics.json", metrics);
        model.write("weights.safetensors", weights);
        return model.uri();
    }

    /** Writes the files of a finding, in place of those of one like it. */
    public void writeFinding(Finding finding) {
        finding.files().forEach((name, text) -> directory.write(name, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes the report, the last file of a run. */
    public void writeReport(byte[] report) {
        directory.write("report.json", report);
    }

    /** Deletes what the run has written. */
    public void delete() {
        directory.delete();
    }
}
