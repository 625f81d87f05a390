package io.firesteel.spark.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a prediction has done, in the schema {@code firesteel.prediction/1}.
 *
 * @param data path of the rows
 * @param output path of the predictions
 * @param format theirs
 * @param rows read and written
 * @param seconds from opening the data to the last row written
 * @param model URI of the model's directory
 * @param sha256 of the model's weights
 */
public record PredictionReport(
        String data, String output, String format, long rows, double seconds, String model, String sha256) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Rows per second of the whole, reading and writing included. */
    public double rowsPerSecond() {
        return rows / seconds;
    }

    /** The file's bytes. */
    public byte[] toJson() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", "firesteel.prediction/1");
        fields.put("data", data);
        fields.put("output", output);
        fields.put("format", format);
        fields.put("rows", rows);
        fields.put("seconds", seconds);
        fields.put("rowsPerSecond", rowsPerSecond());
        fields.put("model", Map.of("path", model, "sha256", sha256));
        try {
            return JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the report as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The same for people, with its line's end. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%,d rows in %.1f s (%,.0f rows/s) to %s (%s)%n",
                rows,
                seconds,
                rowsPerSecond(),
                output,
                format);
    }
}
