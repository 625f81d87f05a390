package io.firesteel.spark.cli;

import io.firesteel.engine.comm.simulate.ExchangeSimulation;
import io.firesteel.engine.comm.simulate.NetworkModel;
import io.firesteel.spark.bench.MessageSize;
import io.firesteel.spark.bench.Simulation;
import io.firesteel.spark.bench.SimulationCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firesteel bench simulate}; needs no Spark. */
@Command(
        name = "simulate",
        description = "Tells what an all-reduce would take on a network, for up to 1024 ranks and more.",
        mixinStandardHelpOptions = true)
final class BenchSimulateCommand implements Callable<Integer> {
    private static final double BITS_PER_GIGABIT = 1e9;
    private static final double BYTES_PER_GIGABYTE = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LocalBenchOptions options;

    @Option(
            names = "--ranks",
            paramLabel = "N..M|N,…",
            defaultValue = "2..1024",
            description = "Numbers of ranks; a range is walked in powers of two (default: ${DEFAULT-VALUE}).")
    private String ranks;

    @Option(
            names = "--ranks-per-host",
            paramLabel = "N",
            defaultValue = "1",
            description = "Ranks that share a machine (default: ${DEFAULT-VALUE}).")
    private int ranksPerHost;

    @Option(
            names = "--sizes",
            paramLabel = "SIZE",
            split = ",",
            defaultValue = "1MB,100MB",
            description = "Sizes of the vector in B, KB, MB or GB of 1024 (default: ${DEFAULT-VALUE}).")
    private List<String> sizes;

    @Option(
            names = "--bandwidth",
            paramLabel = "GBIT",
            defaultValue = "10",
            description = "Of a machine's network card in each direction, Gbit/s (default: ${DEFAULT-VALUE}).")
    private double bandwidth;

    @Option(
            names = "--latency",
            paramLabel = "MICROS",
            defaultValue = "50",
            description = "Between machines, one way, µs (default: ${DEFAULT-VALUE}).")
    private double latency;

    @Option(
            names = "--memory-bandwidth",
            paramLabel = "GB",
            defaultValue = "4",
            description = "Of a rank inside its machine, GB/s (default: ${DEFAULT-VALUE}).")
    private double memoryBandwidth;

    @Option(
            names = "--message-work",
            paramLabel = "MICROS",
            defaultValue = "5",
            description = "Of a rank for each message that it sends or receives, µs (default: ${DEFAULT-VALUE}).")
    private double messageWork;

    @Option(
            names = "--measured",
            paramLabel = "FILE",
            split = ",",
            description =
                    "Compares with reports of bench allreduce on one machine instead, fitted to the fewest ranks.")
    private List<Path> measured = List.of();

    @Override
    public Integer call() {
        return options.run(
                spec.commandLine(), () -> measured.isEmpty() ? simulation()::run : SimulationCheck.of(reports())::run);
    }

    private Simulation simulation() {
        NetworkModel network = new NetworkModel(
                bandwidth * BITS_PER_GIGABIT / Byte.SIZE,
                memoryBandwidth * BYTES_PER_GIGABYTE,
                latency / MICROS_PER_SECOND,
                messageWork / MICROS_PER_SECOND);
        List<MessageSize> parsed = sizes.stream().map(MessageSize::parse).toList();
        return new Simulation(ranks(ranks), ranksPerHost, parsed, network);
    }

    private static List<Integer> ranks(String text) {
        try {
            int range = text.indexOf("..");
            if (range < 0) {
                return Arrays.stream(text.split(",", -1))
                        .map(count -> Integer.valueOf(count.strip()))
                        .toList();
            }
            int from = Integer.parseInt(text.substring(0, range).strip());
            int to = Integer.parseInt(text.substring(range + 2).strip());
            return ExchangeSimulation.worlds(to).stream()
                    .filter(count -> count >= from)
                    .toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Invalid ranks: " + text + " (must be like 2..1024 or 2,4,8)", e);
        }
    }

    private List<byte[]> reports() {
        List<byte[]> reports = new ArrayList<>();
        for (Path file : measured) {
            try {
                reports.add(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "Cannot read " + file + ": " + e + " (expected a report of bench allreduce)", e);
            }
        }
        return reports;
    }
}
