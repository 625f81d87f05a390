package io.firesteel.spark.cli;

import io.firesteel.spark.PredictionBenchmarkJob;
import io.firesteel.spark.bench.PredictionBenchmark;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firesteel bench predict}. */
@Command(
        name = "predict",
        description =
                "Times predictions of cached rows on executors, in turn with bare loops of DJL's calls in the same tasks.",
        mixinStandardHelpOptions = true)
final class BenchPredictCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LocalBenchOptions options;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000000",
            description =
                    "Of each round; where the executors' memory can't hold them, fewer are read more than once (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "2",
            description = "Tasks that predict at once (default: ${DEFAULT-VALUE}).")
    private int replicas;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "192",
            description =
                    "Rows that are predicted at once; the bare loops take as many, and 1024 (default: ${DEFAULT-VALUE}, which is predict's own).")
    private int batchSize;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "5",
            description = "That count, of each kind (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--master",
            paramLabel = "M",
            description = "Spark's master (default: local-cluster, a JVM of one core for each replica).")
    private String master;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        return options.run(spec.commandLine(), () -> {
            PredictionBenchmark benchmark = new PredictionBenchmark(rows, replicas, rounds, batchSize);
            return () -> PredictionBenchmarkJob.run(benchmark, Optional.ofNullable(master), line -> {
                err.println(line);
                err.flush();
            });
        });
    }
}
