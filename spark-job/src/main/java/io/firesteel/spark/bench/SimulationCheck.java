package io.firesteel.spark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firesteel.engine.comm.simulate.NetworkModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * Compares the simulation with what {@code bench allreduce} has measured on one machine. The model has two unknowns there, a rank's
 * speed in memory and its work for a message; both are fitted to the measurement with the fewest ranks, to its largest and its
 * smallest vector. All other figures are predictions. Ranks beyond the machine's cores share them: speed and work of each
 * change in proportion.
 */
public final class SimulationCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MILLIS = 1e3;
    private static final int HALVINGS = 60;

    private final List<Measured> measured;

    /** A row of an all-reduce report. */
    private record Measured(int ranks, MessageSize size, double seconds, int cores) {}

    private SimulationCheck(List<Measured> measured) {
        this.measured = measured;
    }

    /**
     * Reads reports of {@code bench allreduce}.
     *
     * @param reports their JSON
     * @throws IllegalArgumentException if one isn't such a report, or the one with the fewest ranks has a single size
     */
    public static SimulationCheck of(List<byte[]> reports) {
        List<Measured> rows = new ArrayList<>();
        for (byte[] report : reports) {
            JsonNode json = parse(report);
            int cores = json.path("machine").path("cores").asInt();
            for (JsonNode row : json.path("rows")) {
                rows.add(new Measured(
                        row.path("replicas").asInt(),
                        new MessageSize(row.path("bytes").asInt()),
                        row.path("medianMillis").asDouble() / MILLIS,
                        cores));
            }
        }
        SimulationCheck check = new SimulationCheck(rows);
        if (check.fewest().stream().map(Measured::size).distinct().count() < 2) {
            throw new IllegalArgumentException("Cannot fit the simulation: the reports have "
                    + check.fewest().size() + " rows of the fewest ranks (expected two sizes of vectors or more)");
        }
        return check;
    }

    private static JsonNode parse(byte[] report) {
        try {
            JsonNode json = JSON.readTree(report);
            if (!"allreduce".equals(json.path("bench").asText())) {
                throw new IllegalArgumentException("Cannot compare with a report of bench "
                        + json.path("bench").asText("?") + " (expected one of bench allreduce)");
            }
            return json;
        } catch (IOException e) {
            throw notJson(report, e);
        }
    }

    private static IllegalArgumentException notJson(byte[] report, Exception e) {
        String begin = new String(report, 0, Math.min(20, report.length), StandardCharsets.UTF_8);
        return new IllegalArgumentException(
                "Cannot read a report: it begins with " + begin + " (expected the JSON of bench allreduce)", e);
    }

    private List<Measured> fewest() {
        int ranks = measured.stream().mapToInt(Measured::ranks).min().orElse(0);
        return measured.stream().filter(row -> row.ranks() == ranks).toList();
    }

    /** Fits, predicts and compares. */
    public BenchReport run() {
        Measured small = fewest().stream()
                .min((a, b) -> Integer.compare(a.size().bytes(), b.size().bytes()))
                .orElseThrow();
        Measured large = fewest().stream()
                .max((a, b) -> Integer.compare(a.size().bytes(), b.size().bytes()))
                .orElseThrow();
        double message = 0;
        double speed = 1;
        // Each unknown hardly touches the other's vector, so taking turns converges at once.
        for (int turn = 0; turn < 3; turn++) {
            double work = message;
            speed = 1 / fit(1e-13, 1e-3, inverse -> seconds(large, 1 / inverse, work), large.seconds());
            double found = speed;
            message = fit(1e-12, 1, next -> seconds(small, found, next), small.seconds());
        }
        return report(speed, message);
    }

    /** Where a function that grows has a value, by halving. */
    private static double fit(double from, double to, DoubleFunction<Double> function, double value) {
        double low = from;
        double high = to;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (function.apply(middle) < value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double seconds(Measured row, double bytesPerSecond, double messageSeconds) {
        double share = Math.min(1, (double) row.cores() / row.ranks());
        NetworkModel network = new NetworkModel(1, bytesPerSecond * share, 0, messageSeconds / share);
        return new Simulation(List.of(row.ranks()), row.ranks(), List.of(row.size()), network)
                .seconds(row.ranks(), row.size());
    }

    private BenchReport report(double bytesPerSecond, double messageSeconds) {
        List<Map<String, Object>> rows = new ArrayList<>();
        TextTable table = new TextTable(1, "float32", "ranks", "measured ms", "simulated ms", "simulated / measured");
        for (Measured row : measured) {
            double seconds = seconds(row, bytesPerSecond, messageSeconds);
            Map<String, Object> compared = new LinkedHashMap<>();
            compared.put("replicas", row.ranks());
            compared.put("bytes", row.size().bytes());
            compared.put("measuredMillis", row.seconds() * MILLIS);
            compared.put("simulatedMillis", seconds * MILLIS);
            rows.add(compared);
            table.add(
                    row.size().toString(),
                    Integer.toString(row.ranks()),
                    Texts.decimals(4, row.seconds() * MILLIS),
                    Texts.decimals(4, seconds * MILLIS),
                    Texts.ratio(seconds / row.seconds()));
        }
        String fitted = "Fitted to the fewest ranks: " + Texts.decimals(2, bytesPerSecond / 1e9) + " GB/s in memory, "
                + Texts.decimals(2, messageSeconds * 1e6) + " µs for a message\n";
        return new BenchReport("simulate", rows, fitted + table.text());
    }
}
