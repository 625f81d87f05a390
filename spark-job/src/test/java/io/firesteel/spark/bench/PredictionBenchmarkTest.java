package io.firesteel.spark.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.spark.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PredictionBenchmarkTest {
    @Test
    void bothSourcesAreMeasuredBesideTheirPeer() {
        List<String> progress = new ArrayList<>();

        BenchReport report = new PredictionBenchmark(2048, 2, 1, 512).run(SharedSpark.session(), progress::add);

        assertThat(report.bench()).isEqualTo("predict");
        assertThat(report.rows()).extracting(row -> row.get("source")).containsExactly("cached bytes", "cached floats");
        for (Map<String, Object> row : report.rows()) {
            assertThat((double) row.get("rowsPerSecond")).isPositive();
            assertThat((double) row.get("peerRowsPerSecond")).isPositive();
            assertThat(row).containsEntry("batch", 512);
            assertThat(row.get("peerBatch")).isIn(512, 1024);
        }
        assertThat(progress).hasSize(8);
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        assertThatThrownBy(() -> new PredictionBenchmark(2047, 2, 1, 1))
                .hasMessage("Invalid rows: 2047 (must be >= 2048, 1024 for each replica)");
        assertThatThrownBy(() -> new PredictionBenchmark(2048, 0, 1, 1))
                .hasMessage("Invalid replicas: 0 (must be >= 1)");
        assertThatThrownBy(() -> new PredictionBenchmark(2048, 2, 0, 1)).hasMessage("Invalid rounds: 0 (must be >= 1)");
        assertThatThrownBy(() -> new PredictionBenchmark(2048, 2, 1, 0))
                .hasMessage("Invalid batch size: 0 (must be from 1 to 65536)");
        assertThatThrownBy(() -> new PredictionBenchmark(2048, 2, 1, 65537))
                .hasMessage("Invalid batch size: 65537 (must be from 1 to 65536)");
    }
}
