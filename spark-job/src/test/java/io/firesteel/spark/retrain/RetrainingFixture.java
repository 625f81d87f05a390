package io.firesteel.spark.retrain;

import com.fasterxml.jackson.databind.node.NullNode;
import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.spark.SharedSpark;
import io.firesteel.spark.coordinator.RunListener;
import io.firesteel.spark.retrain.RetrainingRequest.Wish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** A small job over forty days of points of two classes, and what a retraining of it tells. */
final class RetrainingFixture implements RetrainingListener {
    static final LocalDate FIRST = LocalDate.of(2016, 1, 20);
    static final LocalDate SECOND = FIRST.plusDays(10);
    static final String PROMOTES = "promote: {metric: validation.accuracy, mustImprove: -1}";
    static final String REFUSES = "promote: {metric: validation.accuracy, mustImprove: 0.9}";

    private static final int DAYS = 40;
    private static final int ROWS_PER_DAY = 8;

    private final Path directory;
    private final String root;
    private final Configuration hadoop;
    private final List<String> warnings = new ArrayList<>();
    private final List<DateResult> results = new ArrayList<>();

    /** @param directory where the job file is, and all else too */
    RetrainingFixture(Path directory) {
        this(directory, directory.toUri().toString(), new Configuration());
    }

    /**
     * @param directory where the job file is
     * @param root URI of where data and runs are
     */
    RetrainingFixture(Path directory, String root, Configuration hadoop) {
        this.directory = directory;
        this.root = root;
        this.hadoop = hadoop;
        SharedSpark.session();
        storage().write("rows.csv", rows("a,b,label", 0).getBytes(StandardCharsets.UTF_8));
    }

    /** What is under the root. */
    ArtifactDirectory storage() {
        return ArtifactDirectory.of(root, hadoop);
    }

    /** The rows of all days; a shift moves the points of a class over to the other one's. */
    static String rows(String columns, double shift) {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("day,").append(columns).append('\n');
        for (int day = 0; day < DAYS; day++) {
            for (int row = 0; row < ROWS_PER_DAY; row++) {
                int label = row % 2;
                text.append(String.format(
                        Locale.ROOT,
                        "%s,%.3f,%.3f,%d%n",
                        LocalDate.of(2016, 1, 1).plusDays(day),
                        shift + label + random.nextGaussian(),
                        shift - label + random.nextGaussian(),
                        label));
            }
        }
        return text.toString();
    }

    /** Writes the job file; lines given here take the place of lines with the same key. */
    RetrainingFixture job(String... lines) {
        String csv = "format: csv, path: \"" + root + "/rows.csv\", options: {header: \"true\", inferSchema: \"true\"}";
        List<String> job = new ArrayList<>(List.of(
                "name: points",
                "seed: 7",
                "data: {" + csv + ", where: \"day < date_sub(date'${run.date}', 5)\", validation: {" + csv
                        + ", where: \"day >= date_sub(date'${run.date}', 5) and day < date'${run.date}'\"}}",
                "features: [{columns: [a, b]}]",
                "label: {column: label, type: int64}",
                "model: {type: linear, outputs: 2}",
                "loss: crossEntropy",
                "optimizer: {type: adam, learningRate: 0.05}",
                "train: {epochs: 2, batchSize: 32, shards: 2, replicas: 2}",
                "metrics: [loss, accuracy]",
                "output: \"" + root + "/runs\"",
                PROMOTES));
        for (String line : lines) {
            String key = line.substring(0, line.indexOf(':') + 1);
            job.removeIf(other -> other.startsWith(key));
            job.add(line);
        }
        write("job.yaml", String.join("\n", job) + "\n");
        return this;
    }

    void write(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path jobFile() {
        return directory.resolve("job.yaml");
    }

    List<DateResult> run(LocalDate... dates) {
        return run(StepListener.NONE, Set.of(), dates);
    }

    List<DateResult> run(StepListener steps, Set<Wish> wishes, LocalDate... dates) {
        RetrainingRequest request = new RetrainingRequest(
                jobFile().toString(), List.of(), Optional.empty(), Optional.empty(), List.of(dates), wishes);
        return new RetrainingJob(request, RunListener.of(), this, steps).run();
    }

    DirectoryRegistry registry() {
        return DirectoryRegistry.open(storage().child("runs/points/registry").uri(), hadoop);
    }

    /** Each entry of the registry's history without what differs from run to run. */
    List<String> history() {
        return registry().history().stream()
                .map(entry ->
                        entry.action() + " " + entry.version() + " " + entry.alias() + " " + entry.previous() + " "
                                + entry.key() + " " + entry.reason() + " " + new TreeMap<>(entry.details()) + " "
                                + entry.state().aliases())
                .toList();
    }

    /** The records of dates without the time. */
    List<DateRecord> records() {
        DateRecords records = new DateRecords(storage().child("runs/points/retraining/dates"));
        return records.before(LocalDate.MAX.withYear(9999), 100).stream()
                .map(record -> new DateRecord(
                        record.run(),
                        record.outcome(),
                        record.version(),
                        record.champion(),
                        Instant.EPOCH,
                        record.rows(),
                        record.watermark(),
                        NullNode.getInstance()))
                .toList();
    }

    String verdict(String runId) {
        return new String(storage().child("runs/points/" + runId).readAll("verdict.json"), StandardCharsets.UTF_8);
    }

    List<String> warnings() {
        return warnings;
    }

    List<DateResult> told() {
        return results;
    }

    @Override
    public void began(LocalDate date) {
        // Its end says enough.
    }

    @Override
    public void warned(String text) {
        warnings.add(text);
    }

    @Override
    public void ended(DateResult result) {
        results.add(result);
    }
}
