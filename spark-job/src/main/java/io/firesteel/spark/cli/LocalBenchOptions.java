package io.firesteel.spark.cli;

import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.spark.ReportFile;
import io.firesteel.spark.bench.BenchReport;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of benchmarks that need no Spark, and how one is run. */
final class LocalBenchOptions {
    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to this path or URI.")
    private String json;

    /**
     * Measures and prints.
     *
     * @param command whose arguments these are
     * @param benchmark made of the arguments; what making it refuses is the command line's fault
     */
    int run(CommandLine command, Supplier<Supplier<BenchReport>> benchmark) {
        BenchReport report = refusedAsUsage(command, benchmark).get();
        write(command, report);
        command.getOut().print(report.text());
        command.getOut().flush();
        return ExitCode.DONE.code();
    }

    private static Supplier<BenchReport> refusedAsUsage(
            CommandLine command, Supplier<Supplier<BenchReport>> benchmark) {
        try {
            return benchmark.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, e.getMessage(), e);
        }
    }

    private void write(CommandLine command, BenchReport report) {
        if (json == null) {
            return;
        }
        try {
            new ReportFile(json, new Configuration()).write(report.toJson());
        } catch (ArtifactException e) {
            throw new ParameterException(command, e.getMessage() + " (see --json)", e);
        }
    }
}
