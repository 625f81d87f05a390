package io.firesteel.spark.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.comm.simulate.NetworkModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulationCheckTest {
    private static final MessageSize SMALL = MessageSize.parse("1KB");
    private static final MessageSize LARGE = MessageSize.parse("10MB");

    /** What a machine with enough cores would measure if it were as simple as the model. */
    private static byte[] measured(int ranks, MessageSize... sizes) {
        NetworkModel network = new NetworkModel(1, 3e9, 0, 4e-6);
        List<String> rows = Stream.of(sizes)
                .map(size -> {
                    double seconds = new Simulation(List.of(ranks), ranks, List.of(size), network).seconds(ranks, size);
                    return "{\"replicas\": " + ranks + ", \"bytes\": " + size.bytes() + ", \"medianMillis\": "
                            + 1000 * seconds + "}";
                })
                .toList();
        return ("{\"bench\": \"allreduce\", \"machine\": {\"cores\": 64}, \"rows\": [" + String.join(", ", rows) + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void twoUnknownsAreFoundFromTheFewestRanks() {
        BenchReport report = SimulationCheck.of(List.of(measured(4, SMALL, LARGE), measured(2, SMALL, LARGE)))
                .run();
        assertThat(report.text()).startsWith("Fitted to the fewest ranks: 3.00 GB/s in memory, 4.00 µs for a message");
        for (Map<String, Object> row : report.rows()) {
            double seconds = (double) row.get("measuredMillis");
            assertThat((double) row.get("simulatedMillis")).isCloseTo(seconds, within(1e-3 * seconds));
        }
    }

    @Test
    void reportsThatCannotBeFittedAreRefused() {
        assertThatThrownBy(() -> SimulationCheck.of(List.of(measured(2, SMALL))))
                .hasMessage(
                        "Cannot fit the simulation: the reports have 1 rows of the fewest ranks (expected two sizes of"
                                + " vectors or more)");
        assertThatThrownBy(() -> SimulationCheck.of(List.of("[1".getBytes(StandardCharsets.UTF_8))))
                .hasMessage("Cannot read a report: it begins with [1 (expected the JSON of bench allreduce)");
    }
}
