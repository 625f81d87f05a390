package io.firesteel.spark.cli;

import io.firesteel.spark.DistributedMetrics;
import io.firesteel.spark.bench.MetricsBenchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firesteel bench metrics}; needs Spark for rows on executors only. */
@Command(
        name = "metrics",
        description = "Times metrics on one core, side by side with plain loops over primitives that compute the same.",
        mixinStandardHelpOptions = true)
final class BenchMetricsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LocalBenchOptions options;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "Of each run, at least 4096 (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--runs",
            paramLabel = "R",
            defaultValue = "5",
            description = "That count, of each metric (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--distributed-rows",
            paramLabel = "N",
            defaultValue = "0",
            description = "Also computes the AUC of so many rows on executors, with its error bound (default: none).")
    private long distributedRows;

    @Option(
            names = "--exact-rows",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Also computes the median error and the rank correlations of so many rows on executors, exactly (default: none).")
    private long exactRows;

    @Option(
            names = "--master",
            paramLabel = "M",
            description =
                    "Spark's master for --distributed-rows and --exact-rows, as local-cluster[2,1,2048] (default: local[*]).")
    private String master;

    @Override
    public Integer call() {
        return options.run(spec.commandLine(), () -> {
            MetricsBenchmark benchmark = new MetricsBenchmark(rows, runs);
            return () -> benchmark.run(distributed());
        });
    }

    private List<Map<String, Object>> distributed() {
        List<Map<String, Object>> figures = new ArrayList<>();
        if (distributedRows > 0) {
            figures.add(DistributedMetrics.auc(distributedRows, Optional.ofNullable(master)));
        }
        if (exactRows > 0) {
            figures.addAll(DistributedMetrics.exact(exactRows, Optional.ofNullable(master)));
        }
        return figures;
    }
}
