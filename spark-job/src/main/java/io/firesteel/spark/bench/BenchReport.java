package io.firesteel.spark.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark has found, in the schema {@code firesteel.bench/1}.
 *
 * @param bench name of the benchmark
 * @param rows the figures by key, in order; those that weren't measured are absent
 * @param text the same for people
 */
public record BenchReport(String bench, List<Map<String, Object>> rows, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public BenchReport {
        rows = List.copyOf(rows);
    }

    /** The file's bytes. */
    public byte[] toJson() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", "firesteel.bench/1");
        fields.put("bench", bench);
        fields.put("machine", machine());
        fields.put("rows", rows);
        try {
            return JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the report as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The driver's, which is that of the ranks too where they run on one machine. */
    private static Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("java", System.getProperty("java.version"));
        return machine;
    }
}
