package io.firesteel.spark.cli;

import io.firesteel.spark.bench.CompressionBenchmark;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firesteel bench compression}. */
@Command(
        name = "compression",
        description =
                "Trains on digits and a part of Fashion-MNIST with each way to exchange: accuracy, and bytes per step.",
        mixinStandardHelpOptions = true)
final class BenchCompressionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "2",
            description = "Replicas, of one shard each; at least 2 (default: ${DEFAULT-VALUE}).")
    private int replicas;

    @Option(
            names = "--seeds",
            paramLabel = "S",
            defaultValue = "3",
            description = "How often each job is trained (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--epochs",
            paramLabel = "E",
            defaultValue = "20",
            description = "Passes over the digits; half as many over Fashion-MNIST (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--examples",
            paramLabel = "DIR",
            defaultValue = "examples",
            description = "The directory of the examples, whose images are read (default: ${DEFAULT-VALUE}).")
    private Path examples;

    @Override
    public Integer call() {
        return options.run(spec.commandLine(), () -> new CompressionBenchmark(replicas, seeds, epochs, examples));
    }
}
