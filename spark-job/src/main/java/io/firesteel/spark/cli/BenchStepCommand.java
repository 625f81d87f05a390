package io.firesteel.spark.cli;

import io.firesteel.spark.bench.StepModel;
import io.firesteel.spark.bench.StepRequest;
import io.firesteel.spark.bench.StepTimingBenchmark;
import io.firesteel.spark.config.OptimizerOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firesteel bench step}. */
@Command(
        name = "step",
        description =
                "Times a training step and its parts, beside the bare calls of DJL, with and without other replicas.",
        mixinStandardHelpOptions = true)
final class BenchStepCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            split = ",",
            defaultValue = "mlp,lenet",
            description = "mlp (784-256-128-10), lenet (default: ${DEFAULT-VALUE}).")
    private List<String> models;

    @Option(
            names = "--batch",
            paramLabel = "ROWS",
            split = ",",
            defaultValue = "64,256,1024",
            description = "Rows per step of each replica (default: ${DEFAULT-VALUE}).")
    private List<Integer> batches;

    @Option(
            names = "--optimizer",
            paramLabel = "TYPE",
            defaultValue = "adam",
            description =
                    "An optimizer as job files name it, or '{type: …, learningRate: …}' (default: ${DEFAULT-VALUE}).")
    private String optimizer;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Replicas; from 2 on they are timed with and without the exchange, beside one alone (default: ${DEFAULT-VALUE}).")
    private int replicas;

    @Option(
            names = "--steps",
            paramLabel = "S",
            defaultValue = "0",
            description = "Steps of each kind, at least 2 (default: some seconds of them).")
    private int steps;

    @Override
    public Integer call() {
        return options.run(
                spec.commandLine(),
                () -> new StepTimingBenchmark(new StepRequest(
                        replicas,
                        models.stream().map(StepModel::byLabel).toList(),
                        batches,
                        optimizer,
                        OptimizerOption.parse(optimizer),
                        steps)));
    }
}
