package io.firesteel.spark.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many rows a metric takes in on one core, and how many a plain loop over primitives that computes the same.
 *
 * @param rows of each run, &gt;= 4096, taken up to a multiple of 4096
 * @param runs that count, &gt;= 1
 */
public record MetricsBenchmark(long rows, int runs) {
    private static final int WARM_UP_RUNS = 2;
    private static final int CLASSES = 10;

    public MetricsBenchmark {
        if (rows < MetricRows.BATCH) {
            throw new IllegalArgumentException("Invalid rows: " + rows + " (must be >= " + MetricRows.BATCH + ")");
        }
        if (runs < 1) {
            throw new IllegalArgumentException("Invalid runs: " + runs + " (must be >= 1)");
        }
        rows = (rows + MetricRows.BATCH - 1) / MetricRows.BATCH * MetricRows.BATCH;
    }

    /**
     * Measures, on this thread.
     *
     * @param distributed the figures of each metric that was measured over executors
     */
    public BenchReport run(List<Map<String, Object>> distributed) {
        MetricRows classes = MetricRows.ofClasses(CLASSES, 1);
        List<MetricRace> races = List.of(
                new MetricRace("accuracy", classes, new PlainLoop.Accuracy(CLASSES)),
                new MetricRace("confusionMatrix", classes, new PlainLoop.Confusion(CLASSES)),
                new MetricRace("rocAuc(exactRows=0)", MetricRows.ofProbabilities(2), new PlainLoop.Auc()),
                new MetricRace("r2", MetricRows.ofTargets(3), new PlainLoop.R2()));
        for (int run = -WARM_UP_RUNS; run < runs; run++) {
            for (MetricRace race : races) {
                race.run(rows, run >= 0);
            }
        }
        List<Map<String, Object>> figures = new ArrayList<>();
        TextTable table = new TextTable(1, "metric", "rows", "million rows/s", "plain loop", "times slower");
        for (MetricRace race : races) {
            Map<String, Object> row = race.row(rows);
            figures.add(row);
            table.add(
                    (String) row.get("metric"),
                    Long.toString(rows),
                    Texts.decimals(1, (double) row.get("rowsPerSecond") / 1e6),
                    Texts.decimals(1, (double) row.get("peerRowsPerSecond") / 1e6),
                    Texts.decimals(2, (double) row.get("timesPeer")));
        }
        figures.addAll(distributed);
        return new BenchReport(
                "metrics",
                figures,
                table.text() + distributed.stream().map(MetricsBenchmark::text).collect(Collectors.joining()));
    }

    private static String text(Map<String, Object> figures) {
        return figures.entrySet().stream()
                .map(figure -> figure.getKey() + " " + figure.getValue())
                .collect(Collectors.joining(", ", "on executors: ", "\n"));
    }
}
