package io.firesteel.spark.retrain;

import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.engine.registry.DataSnapshot;
import io.firesteel.engine.registry.Lineage;
import io.firesteel.engine.registry.NewVersion;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.spark.check.DataStatistics;
import io.firesteel.spark.config.JobFile;
import io.firesteel.spark.report.RunReport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Makes a candidate a version of the registry, with all that tells where it comes from. */
final class Registration {
    /** The document with the statistics of the training rows. */
    static final String STATISTICS = "statistics.json";

    private final DirectoryRegistry registry;
    private final String key;

    Registration(DirectoryRegistry registry, String key) {
        this.registry = registry;
        this.key = key;
    }

    /** The number that the candidate has been given, now or by a run that was killed. */
    int register(
            TrainedCandidate candidate,
            RunOfDate run,
            List<DataSnapshot> data,
            DataSeen seen,
            DataStatistics statistics) {
        RunReport report = candidate.summary().report();
        String job = JobFile.toYamlWithoutSecrets(candidate.job());
        NewVersion version = NewVersion.of(
                        lineage(candidate, run, data, seen, job),
                        report.metrics(),
                        report.model().orElseThrow().path(),
                        "Trained for " + run.date() + " by run " + report.runId())
                .withKey(key)
                .withDocument("job.yaml", job)
                .withDocument(DataSeen.DOCUMENT, seen.toJson())
                .withDocument(STATISTICS, new String(statistics.toJson(), StandardCharsets.UTF_8));
        return registry.register(version).version().orElseThrow();
    }

    private static Lineage lineage(
            TrainedCandidate candidate, RunOfDate run, List<DataSnapshot> data, DataSeen seen, String job) {
        RunReport report = candidate.summary().report();
        List<EpochRecord> history = report.history();
        return new Lineage(
                report.runId(),
                Optional.of(run.date()),
                data,
                new TreeMap<>(Map.of(
                        "train", report.cluster().trainingRows(),
                        "validation", report.cluster().validationRows())),
                history.isEmpty()
                        ? Optional.empty()
                        : Optional.of(history.get(history.size() - 1).ledger().hex()),
                codeVersion(),
                sha256(job),
                candidate.warm() ? seen.champion() : OptionalInt.empty());
    }

    private static String codeVersion() {
        return Optional.ofNullable(Registration.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
