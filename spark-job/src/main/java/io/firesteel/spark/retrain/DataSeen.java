package io.firesteel.spark.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What data a candidate has learnt from; kept with its version, for a run that is killed after it is registered.
 *
 * @param rows the training rows
 * @param watermark the greatest value of the column by which new rows are found; empty if they aren't found so
 * @param snapshot its files, as JSON
 * @param champion the champion when it was trained; empty if there was none
 */
record DataSeen(long rows, Optional<String> watermark, JsonNode snapshot, OptionalInt champion) {
    /** The document's name in a version. */
    static final String DOCUMENT = "data.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param snapshot a mapping that is JSON already */
    static DataSeen of(long rows, Optional<String> watermark, Map<String, Object> snapshot, OptionalInt champion) {
        return new DataSeen(rows, watermark, JSON.valueToTree(snapshot), champion);
    }

    String toJson() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rows", rows);
        fields.put("watermark", watermark.orElse(null));
        fields.put("champion", champion.isPresent() ? champion.getAsInt() : null);
        fields.put("snapshot", snapshot);
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write JSON: " + e.getOriginalMessage(), e);
        }
    }

    static DataSeen parse(byte[] bytes) {
        try {
            JsonNode root = JSON.readTree(bytes);
            return new DataSeen(
                    root.required("rows").asLong(),
                    Optional.of(root.required("watermark"))
                            .filter(node -> !node.isNull())
                            .map(JsonNode::asText),
                    root.required("snapshot"),
                    root.required("champion").isNull()
                            ? OptionalInt.empty()
                            : OptionalInt.of(root.get("champion").asInt()));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("Cannot read " + DOCUMENT + " of a version: " + e.getMessage(), e);
        }
    }
}
