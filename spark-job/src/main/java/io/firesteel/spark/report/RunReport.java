package io.firesteel.spark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.firesteel.engine.handler.LearningRateCurve;
import io.firesteel.engine.train.CheckpointRecord;
import io.firesteel.engine.train.EpochRecord;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * {@code report.json}: how a run went, in the schema {@code firesteel.report/1}.
 *
 * @param status how it ended
 * @param stopReason why it ended before its last epoch, or why it failed; empty if neither
 * @param runId the run
 * @param name of the job
 * @param seed of the job
 * @param batchSize of the job
 * @param cluster replicas, shards, devices and restarts
 * @param history of the completed epochs
 * @param bestCheckpoints those that were kept for their scores, best first
 * @param learningRates those that were tried before the training; empty if none were
 * @param totals what training came to; empty for a failed run
 * @param model the trained model; empty for a failed run
 */
public record RunReport(
        Status status,
        String stopReason,
        String runId,
        String name,
        long seed,
        int batchSize,
        Cluster cluster,
        List<EpochRecord> history,
        List<CheckpointRecord> bestCheckpoints,
        Optional<LearningRateCurve> learningRates,
        Optional<Totals> totals,
        Optional<ModelEntry> model) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public RunReport {
        history = List.copyOf(history);
        bestCheckpoints = List.copyOf(bestCheckpoints);
    }

    /** How a run ended. */
    public enum Status {
        COMPLETED("completed"),
        STOPPED("stopped"),
        FAILED("failed");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        /** The word in the report. */
        public String label() {
            return label;
        }
    }

    /**
     * On what the run ran.
     *
     * @param replicas number of barrier tasks
     * @param shards number of logical shards
     * @param devices one per replica, by rank
     * @param restarts attempts of the barrier stage after the first
     * @param trainingRows rows to train with
     * @param validationRows rows to validate with
     */
    public record Cluster(
            int replicas, int shards, List<String> devices, int restarts, long trainingRows, long validationRows) {
        public Cluster {
            devices = List.copyOf(devices);
        }
    }

    /**
     * What training came to.
     *
     * @param epochs completed
     * @param iterations completed
     * @param steps completed: updates of the weights
     * @param samples training rows used
     * @param phases seconds by phase, the mean over replicas
     * @param samplesPerSecond training rows of all replicas per second inside iterations
     * @param events how often each fired
     */
    public record Totals(
            long epochs,
            long iterations,
            long steps,
            long samples,
            Map<String, Double> phases,
            double samplesPerSecond,
            Map<String, Long> events) {}

    /**
     * The model that a run leaves.
     *
     * @param path its directory
     * @param parameters values that were learnt
     * @param sha256 over the weight bytes, in layout order
     */
    public record ModelEntry(String path, long parameters, String sha256) {}

    /** The same report, with the model that the run leaves. */
    public RunReport withModel(ModelEntry entry) {
        return new RunReport(
                status,
                stopReason,
                runId,
                name,
                seed,
                batchSize,
                cluster,
                history,
                bestCheckpoints,
                learningRates,
                totals,
                Optional.of(entry));
    }

    /** The file's bytes. */
    public byte[] toJson() {
        try {
            return JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(fields());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the report as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** {@code history.jsonl}: one line per epoch. */
    public static byte[] toJsonLines(List<EpochRecord> history) {
        return history.stream()
                .map(epoch -> line(epochFields(epoch)) + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The last epoch's values, as {@code metrics.json} of the model. */
    public byte[] metricsJson() {
        return line(finite(metrics())).getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", "firesteel.report/1");
        fields.put("status", status.label);
        fields.put("stopReason", stopReason.isEmpty() ? null : stopReason);
        fields.put("runId", runId);
        fields.put("name", name);
        fields.put("seed", seed);
        fields.put("replicas", cluster.replicas());
        fields.put("shards", cluster.shards());
        fields.put("devices", cluster.devices());
        fields.put("restarts", cluster.restarts());
        Map<String, Long> rows = new LinkedHashMap<>();
        rows.put("train", cluster.trainingRows());
        rows.put("validation", cluster.validationRows());
        fields.put("rows", rows);
        fields.put("batchSize", batchSize);
        totals.ifPresent(known -> putTotals(fields, known));
        fields.put("metrics", finite(metrics()));
        fields.put("history", history.stream().map(RunReport::epochFields).toList());
        if (!bestCheckpoints.isEmpty()) {
            fields.put(
                    "bestCheckpoints",
                    bestCheckpoints.stream().map(RunReport::checkpointFields).toList());
        }
        learningRates.ifPresent(tried -> fields.put("learningRateFinder", learningRateFields(tried)));
        model.ifPresent(known -> fields.put("model", modelFields(known)));
        return fields;
    }

    private static void putTotals(Map<String, Object> fields, Totals totals) {
        fields.put("epochs", totals.epochs());
        fields.put("iterations", totals.iterations());
        fields.put("steps", totals.steps());
        fields.put("samples", totals.samples());
        fields.put("phases", totals.phases());
        fields.put("samplesPerSecond", totals.samplesPerSecond());
        fields.put("events", totals.events());
    }

    /** The last epoch's values. */
    public Map<String, Double> metrics() {
        return history.isEmpty() ? Map.of() : history.get(history.size() - 1).metrics();
    }

    private static Map<String, Object> checkpointFields(CheckpointRecord checkpoint) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("path", checkpoint.location());
        fields.put("iteration", checkpoint.iteration());
        fields.put("score", checkpoint.score());
        return fields;
    }

    private static Map<String, Object> learningRateFields(LearningRateCurve tried) {
        OptionalDouble suggestion = tried.suggestion();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("suggestion", suggestion.isPresent() ? suggestion.getAsDouble() : null);
        fields.put("iterations", tried.points().size());
        fields.put("diverged", tried.diverged());
        fields.put("plot", String.join(", ", tried.files().keySet()));
        return fields;
    }

    private static Map<String, Object> modelFields(ModelEntry model) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("path", model.path());
        fields.put("parameters", model.parameters());
        fields.put("sha256", model.sha256());
        return fields;
    }

    private static Map<String, Object> epochFields(EpochRecord epoch) {
        Map<String, Object> ledger = new LinkedHashMap<>();
        ledger.put("rows", epoch.ledger().rows());
        ledger.put("hash", epoch.ledger().hex());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("epoch", epoch.epoch());
        fields.put("iteration", epoch.iteration());
        fields.put("seconds", epoch.seconds());
        fields.put("metrics", finite(epoch.metrics()));
        fields.put("ledger", ledger);
        return fields;
    }

    /** Null for NaN and infinity, which JSON doesn't have. */
    private static Map<String, Double> finite(Map<String, Double> values) {
        Map<String, Double> finite = new LinkedHashMap<>();
        values.forEach((name, value) -> finite.put(name, Double.isFinite(value) ? value : null));
        return finite;
    }

    private static String line(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write JSON: " + e.getOriginalMessage(), e);
        }
    }
}
