package io.firesteel.spark.cli;

import io.firesteel.spark.BenchmarkJob;
import io.firesteel.spark.bench.BenchReport;
import io.firesteel.spark.bench.Benchmark;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that all benchmarks have, and how one is run. */
final class BenchOptions {
    @Option(
            names = "--master",
            paramLabel = "M",
            description =
                    "Spark's master (default: with several replicas local-cluster, a JVM of one core for each; else local[*]).")
    private String master;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to this path or URI.")
    private String json;

    /**
     * Measures and prints.
     *
     * @param command whose arguments these are
     * @param benchmark made of the arguments; what it refuses is the command line's fault
     */
    int run(CommandLine command, Supplier<Benchmark> benchmark) {
        PrintWriter err = command.getErr();
        Benchmark asked = refusedAsUsage(command, benchmark);
        BenchReport report = new BenchmarkJob(asked, Optional.ofNullable(master), Optional.ofNullable(json), line -> {
                    err.println(line);
                    err.flush();
                })
                .run();
        command.getOut().print(report.text());
        command.getOut().flush();
        return ExitCode.DONE.code();
    }

    private static Benchmark refusedAsUsage(CommandLine command, Supplier<Benchmark> benchmark) {
        try {
            return benchmark.get();
        } catch (RuntimeException e) {
            throw new ParameterException(command, e.getMessage(), e);
        }
    }
}
