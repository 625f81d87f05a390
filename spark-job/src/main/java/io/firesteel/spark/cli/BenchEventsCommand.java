package io.firesteel.spark.cli;

import io.firesteel.spark.bench.EventsBenchmark;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firesteel bench events}; needs no Spark. */
@Command(
        name = "events",
        description = "Times an iteration of the event engine that does nothing, with handlers that count.",
        mixinStandardHelpOptions = true)
final class BenchEventsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LocalBenchOptions options;

    @Option(
            names = "--handlers",
            paramLabel = "N",
            split = ",",
            defaultValue = "0,1,10,50",
            description = "Numbers of handlers, every second filtered (default: ${DEFAULT-VALUE}).")
    private List<Integer> handlers;

    @Option(
            names = "--iterations",
            paramLabel = "I",
            defaultValue = "1000000",
            description = "Of each run, at least 1000 (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(
            names = "--runs",
            paramLabel = "R",
            defaultValue = "15",
            description = "That count, of each number of handlers (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Override
    public Integer call() {
        return options.run(spec.commandLine(), () -> new EventsBenchmark(handlers, iterations, runs)::run);
    }
}
