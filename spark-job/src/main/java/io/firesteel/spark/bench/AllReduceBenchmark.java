package io.firesteel.spark.bench;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How long it takes to sum one float32 vector per rank, so that all ranks have the sum. Each round begins with a barrier, which
 * isn't timed; then every rank takes its own time until it has the sum, and the round counts as long as the slowest rank's. The
 * ranks leave the barrier within microseconds of each other, which is part of a round.
 *
 * @param replicas ranks, at least 2
 * @param sizes of the vectors, at least one
 * @param fixedRounds rounds of each size; 0 for as many as suit the size: from 50 at 100 MB to 2000 at 100 KB and below
 * @param links what carries the vectors
 */
public record AllReduceBenchmark(int replicas, List<MessageSize> sizes, int fixedRounds, Links links)
        implements Benchmark, Serializable {
    private static final int MIN_ROUNDS = 50;
    private static final int MAX_ROUNDS = 2000;
    private static final double BYTES_IN_ALL = 500e6;
    private static final int WARM_UP_BYTES = 1_000_000_000;
    private static final int MAX_WARM_UP_ROUNDS = 20_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_GIGABYTE = 1e9;

    public AllReduceBenchmark {
        sizes = List.copyOf(sizes);
        if (replicas < 2) {
            throw new IllegalArgumentException(
                    "Invalid replicas: " + replicas + " (must be >= 2, as one has nothing to exchange)");
        }
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("Invalid sizes: none (must be at least one)");
        }
        if (fixedRounds < 0) {
            throw new IllegalArgumentException("Invalid rounds: " + fixedRounds + " (must be >= 1)");
        }
    }

    @Override
    public String name() {
        return "allreduce";
    }

    @Override
    public BenchReport run(Ranks ranks, Consumer<String> progress) {
        List<AllReduceTimes> times = ranks.run(new AllReduceBody(this), AllReduceTimes.class);
        long processes = times.stream().map(AllReduceTimes::process).distinct().count();
        List<Map<String, Object>> rows = new ArrayList<>();
        TextTable table = new TextTable(1, "float32", "rounds", "median ms", "p90 ms", "best ms", "GB/s");
        for (int size = 0; size < sizes.size(); size++) {
            MessageSize bytes = sizes.get(size);
            Statistics millis = new Statistics(slowest(times, size));
            double speed = bytes.bytes() / BYTES_PER_GIGABYTE / (millis.median() / 1000);
            rows.add(row(bytes, rounds(bytes), processes, millis, speed));
            table.add(
                    bytes.toString(),
                    Integer.toString(rounds(bytes)),
                    Texts.decimals(4, millis.median()),
                    Texts.decimals(4, millis.ninetieth()),
                    Texts.decimals(4, millis.best()),
                    Texts.decimals(2, speed));
        }
        String heading = replicas + " replicas in " + processes + (processes == 1 ? " process" : " processes")
                + (links.sockets() ? ", " + links.label() : "") + "\n";
        return new BenchReport(name(), rows, heading + table.text());
    }

    /** Rounds of a size that count. */
    int rounds(MessageSize size) {
        double suited = Math.max(MIN_ROUNDS, Math.min(MAX_ROUNDS, BYTES_IN_ALL / size.bytes()));
        return fixedRounds > 0 ? fixedRounds : (int) suited;
    }

    /** Rounds before them, as many as a training soon has had: the compiler is done with small ones after some thousands. */
    int warmUpRounds(MessageSize size) {
        return fixedRounds > 0
                ? Math.max(1, fixedRounds / 2)
                : Math.min(MAX_WARM_UP_ROUNDS, 4 + WARM_UP_BYTES / size.bytes());
    }

    MessageSize largest() {
        return sizes.stream().max(Comparator.comparingInt(MessageSize::bytes)).orElseThrow();
    }

    private static double[] slowest(List<AllReduceTimes> times, int size) {
        return IntStream.range(0, times.get(0).rounds(size))
                .mapToDouble(round -> times.stream()
                                .mapToLong(rank -> rank.nanos(size, round))
                                .max()
                                .orElseThrow()
                        / NANOS_PER_MILLI)
                .toArray();
    }

    private Map<String, Object> row(MessageSize size, int rounds, long processes, Statistics millis, double speed) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("replicas", replicas);
        row.put("bytes", size.bytes());
        row.put("medianMillis", millis.median());
        row.put("rounds", rounds);
        row.put("p90Millis", millis.ninetieth());
        row.put("bestMillis", millis.best());
        row.put("gigabytesPerSecond", speed);
        row.put("processes", processes);
        row.put("links", links.label());
        return row;
    }
}
