package io.firesteel.spark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    @Test
    void jsonHasTheSchemaTheMachineAndTheRows() throws IOException {
        BenchReport report = new BenchReport("step", List.of(Map.of("batch", 64), Map.of("batch", 256)), "for people");
        JsonNode json = new ObjectMapper().readTree(report.toJson());
        assertThat(json.get("schema").asText()).isEqualTo("firesteel.bench/1");
        assertThat(json.get("bench").asText()).isEqualTo("step");
        assertThat(json.get("machine").get("cores").asInt()).isPositive();
        assertThat(json.get("machine").get("java").asText()).startsWith("17");
        assertThat(json.get("rows")).hasToString("[{\"batch\":64},{\"batch\":256}]");
    }
}
