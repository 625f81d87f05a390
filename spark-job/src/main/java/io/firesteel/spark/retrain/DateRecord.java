package io.firesteel.spark.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.firesteel.spark.verdict.Outcome;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * That a date is done, and how: what later runs of the job go by.
 *
 * @param run the run that did it
 * @param outcome how it ended: promoted or refused
 * @param version the candidate's number in the registry
 * @param champion the champion's before it; empty if there was none
 * @param finished when
 * @param rows the training rows
 * @param watermark the greatest value of the column by which new rows are found; empty if they aren't found so
 * @param snapshot of the data, as JSON
 */
record DateRecord(
        RunOfDate run,
        Outcome outcome,
        int version,
        OptionalInt champion,
        Instant finished,
        long rows,
        Optional<String> watermark,
        JsonNode snapshot) {
    private static final String SCHEMA = "firesteel.date/1";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The file's bytes. */
    byte[] toJson() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", SCHEMA);
        fields.put("date", run.date().toString());
        fields.put("attempt", run.attempt());
        fields.put("runId", run.id());
        fields.put("outcome", outcome.label());
        fields.put("version", version);
        fields.put("champion", champion.isPresent() ? champion.getAsInt() : null);
        fields.put("finished", finished.toString());
        fields.put("rows", rows);
        fields.put("watermark", watermark.orElse(null));
        fields.put("snapshot", snapshot);
        try {
            return JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a date's record as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it isn't one of a date
     */
    static DateRecord parse(byte[] bytes) {
        try {
            JsonNode root = JSON.readTree(bytes);
            if (!root.path("schema").asText().equals(SCHEMA)) {
                throw new IllegalArgumentException(
                        "its schema is " + root.path("schema") + " (expected \"" + SCHEMA + "\")");
            }
            return new DateRecord(
                    new RunOfDate(
                            LocalDate.parse(root.required("date").asText()),
                            root.required("attempt").asInt()),
                    outcome(root.required("outcome").asText()),
                    root.required("version").asInt(),
                    root.required("champion").isNull()
                            ? OptionalInt.empty()
                            : OptionalInt.of(root.get("champion").asInt()),
                    Instant.parse(root.required("finished").asText()),
                    root.required("rows").asLong(),
                    Optional.of(root.required("watermark"))
                            .filter(node -> !node.isNull())
                            .map(JsonNode::asText),
                    root.required("snapshot"));
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException("it isn't the record of a date: " + e.getMessage(), e);
        }
    }

    private static Outcome outcome(String label) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("its outcome is " + label + " (expected promoted or refused)"));
    }
}
