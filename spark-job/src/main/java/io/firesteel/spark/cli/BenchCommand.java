package io.firesteel.spark.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code firesteel bench …}: its commands measure; it does nothing by itself. */
@Command(
        name = "bench",
        description = "Measures parts of Firesteel on this machine or cluster.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "BENCHMARK",
        subcommands = {
            BenchAllReduceCommand.class,
            BenchStepCommand.class,
            BenchEventsCommand.class,
            BenchMetricsCommand.class,
            BenchPredictCommand.class,
            BenchSimulateCommand.class,
            BenchCompressionCommand.class
        })
final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing benchmark: expected one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
