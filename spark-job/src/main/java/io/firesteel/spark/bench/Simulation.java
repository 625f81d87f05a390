package io.firesteel.spark.bench;

import io.firesteel.engine.comm.CommunicatorOptions;
import io.firesteel.engine.comm.ExchangeSchedule;
import io.firesteel.engine.comm.HostLayout;
import io.firesteel.engine.comm.ReductionAlgorithm;
import io.firesteel.engine.comm.simulate.ExchangeSimulation;
import io.firesteel.engine.comm.simulate.NetworkModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an all-reduce would take on a network: the schedules of the real algorithms, played on a model of it.
 *
 * @param ranks numbers of ranks, each at least 2
 * @param ranksPerHost how many share a machine, at least 1
 * @param sizes of the vectors, at least one
 * @param network between the ranks
 */
public record Simulation(List<Integer> ranks, int ranksPerHost, List<MessageSize> sizes, NetworkModel network) {
    private static final int MAX_RANKS = 4096;
    private static final double MILLIS = 1e3;
    private static final double MEGABYTE = 1e6;

    public Simulation {
        ranks = List.copyOf(ranks);
        sizes = List.copyOf(sizes);
        if (ranks.isEmpty() || ranks.stream().anyMatch(count -> count < 2 || count > MAX_RANKS)) {
            throw new IllegalArgumentException("Invalid ranks: " + ranks + " (must be in [2, " + MAX_RANKS + "])");
        }
        if (ranksPerHost < 1) {
            throw new IllegalArgumentException("Invalid ranksPerHost: " + ranksPerHost + " (must be >= 1)");
        }
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("Invalid sizes: none (must be at least one)");
        }
    }

    /** Plays every algorithm that differs from the others, for each number of ranks and size. */
    public BenchReport run() {
        List<Map<String, Object>> rows = new ArrayList<>();
        TextTable table = new TextTable(3, "algorithm", "", "float32", "ranks", "hosts", "ms", "MB out of a host");
        for (MessageSize size : sizes) {
            for (int count : ranks) {
                HostLayout hosts = HostLayout.even(count, ranksPerHost);
                ReductionAlgorithm chosen = chosen(size, hosts);
                for (ReductionAlgorithm algorithm : algorithms(hosts)) {
                    ExchangeSimulation played = play(algorithm, hosts, size);
                    rows.add(row(size, hosts, algorithm, algorithm == chosen, played));
                    table.add(
                            algorithm.name(),
                            algorithm == chosen ? "chosen" : "",
                            size.toString(),
                            Integer.toString(count),
                            Integer.toString(hosts.hosts()),
                            Texts.decimals(3, played.seconds() * MILLIS),
                            Texts.decimals(2, played.busiestHostBytes() / MEGABYTE));
                }
            }
        }
        return new BenchReport("simulate", rows, table.text());
    }

    private static List<ReductionAlgorithm> algorithms(HostLayout hosts) {
        return hosts.hosts() > 1 && hosts.smallestHost() > 1
                ? List.of(ReductionAlgorithm.ONE_HOP, ReductionAlgorithm.DIRECT, ReductionAlgorithm.HOST_CHAIN)
                : List.of(ReductionAlgorithm.ONE_HOP, ReductionAlgorithm.DIRECT);
    }

    /** What replicas would use with their defaults. */
    private static ReductionAlgorithm chosen(MessageSize size, HostLayout hosts) {
        CommunicatorOptions options = CommunicatorOptions.defaults();
        return ReductionAlgorithm.AUTO.resolve(size.bytes(), hosts, options.smallVectorBytes(), options.chunkBytes());
    }

    private ExchangeSimulation play(ReductionAlgorithm algorithm, HostLayout hosts, MessageSize size) {
        ExchangeSchedule schedule = ExchangeSchedule.of(algorithm, hosts, size.floats(), Float.BYTES);
        return ExchangeSimulation.of(
                schedule, hosts, network, CommunicatorOptions.defaults().chunkBytes());
    }

    /** Seconds of the algorithm that replicas would use. */
    double seconds(int count, MessageSize size) {
        HostLayout hosts = HostLayout.even(count, ranksPerHost);
        return play(chosen(size, hosts), hosts, size).seconds();
    }

    private static Map<String, Object> row(
            MessageSize size,
            HostLayout hosts,
            ReductionAlgorithm algorithm,
            boolean chosen,
            ExchangeSimulation played) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("replicas", hosts.ranks());
        row.put("hosts", hosts.hosts());
        row.put("bytes", size.bytes());
        row.put("algorithm", algorithm.name());
        row.put("chosen", chosen);
        row.put("millis", played.seconds() * MILLIS);
        row.put("busiestHostBytes", played.busiestHostBytes());
        row.put("messages", played.messages());
        return row;
    }
}
