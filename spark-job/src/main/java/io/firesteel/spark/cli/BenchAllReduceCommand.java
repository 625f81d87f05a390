package io.firesteel.spark.cli;

import io.firesteel.engine.comm.Sealing;
import io.firesteel.spark.bench.AllReduceBenchmark;
import io.firesteel.spark.bench.Links;
import io.firesteel.spark.bench.MessageSize;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firesteel bench allreduce}. */
@Command(
        name = "allreduce",
        description = "Times the sum of a float32 vector over replicas, each a JVM of its own.",
        mixinStandardHelpOptions = true)
final class BenchAllReduceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "2",
            description = "Ranks, at least 2 (default: ${DEFAULT-VALUE}).")
    private int replicas;

    @Option(
            names = "--sizes",
            paramLabel = "SIZE",
            split = ",",
            defaultValue = "1KB,100KB,1MB,10MB,100MB",
            description = "Sizes of the vector in B, KB, MB or GB of 1024 (default: ${DEFAULT-VALUE}).")
    private List<String> sizes;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "0",
            description = "Rounds of each size (default: 50 of the largest to 2000 of the smallest).")
    private int rounds;

    @Option(
            names = "--sockets",
            description = "Uses sockets also between replicas of one machine, which share memory otherwise.")
    private boolean sockets;

    @Option(
            names = "--sealing",
            paramLabel = "KIND",
            defaultValue = "NONE",
            description =
                    "Of sockets: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, or encryption if Spark's settings ask for it).")
    private Sealing sealing;

    @Override
    public Integer call() {
        return options.run(
                spec.commandLine(),
                () -> new AllReduceBenchmark(
                        replicas,
                        sizes.stream().map(MessageSize::parse).toList(),
                        rounds,
                        new Links(sockets, sealing)));
    }
}
