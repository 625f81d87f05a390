package io.firesteel.engine.comm.simulate;

import io.firesteel.engine.comm.ExchangeSchedule;
import io.firesteel.engine.comm.ExchangeSchedule.Stage;
import io.firesteel.engine.comm.HostLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** One simulated all-reduce: who sends what when which bytes have come. */
final class ExchangePlay {
    private static final int CONTRIBUTIONS = 1;

    private final ExchangeSchedule schedule;
    private final HostLayout hosts;
    private final NetworkModel network;
    private final int chunks;
    private final EventLoop loop = new EventLoop();
    private final Link[] cardOut;
    private final Link[] cardIn;
    private final Link[] memoryOut;
    private final Link[] memoryIn;
    private final int[][] peers;
    /** What waits behind the piece that is on its way, by connection. */
    private final Map<Long, Deque<Piece>> connections = new HashMap<>();
    /** Pieces that each rank lacks before its sum of a chunk is complete as far as its host. */
    private final int[][] missing;

    private final double[] lastArrival;
    private final long[] hostBytes;

    /** A chunk of what a stage sends from one rank to another. */
    private record Piece(Stage stage, int chunk, int from, int to, long bytes) {}

    ExchangePlay(ExchangeSchedule schedule, HostLayout hosts, NetworkModel network, int chunks) {
        this.schedule = schedule;
        this.hosts = hosts;
        this.network = network;
        this.chunks = chunks;
        int ranks = hosts.ranks();
        cardOut = links(hosts.hosts(), network.nicBytesPerSecond());
        cardIn = links(hosts.hosts(), network.nicBytesPerSecond());
        memoryOut = links(ranks, network.hostBytesPerSecond());
        memoryIn = links(ranks, network.hostBytesPerSecond());
        peers = IntStream.range(0, ranks).mapToObj(schedule::peers).toArray(int[][]::new);
        missing = new int[ranks][chunks];
        lastArrival = new double[ranks];
        hostBytes = new long[hosts.hosts()];
    }

    private static Link[] links(int count, double bytesPerSecond) {
        IntFunction<Link> link = number -> new Link(bytesPerSecond);
        return IntStream.range(0, count).mapToObj(link).toArray(Link[]::new);
    }

    ExchangeSimulation run() {
        for (int rank = 0; rank < hosts.ranks(); rank++) {
            countMissing(rank);
            int own = rank;
            loop.at(peers[rank].length * network.messageSeconds(), () -> begin(own));
        }
        loop.run();
        double seconds = 0;
        long messages = 0;
        for (int rank = 0; rank < hosts.ranks(); rank++) {
            messages += peers[rank].length;
            seconds = Math.max(seconds, lastArrival[rank] + peers[rank].length * network.messageSeconds());
        }
        return new ExchangeSimulation(
                seconds,
                IntStream.range(0, hosts.hosts())
                        .mapToLong(host -> hostBytes[host])
                        .max()
                        .orElse(0),
                messages);
    }

    private void countMissing(int rank) {
        for (int peer : peers[rank]) {
            boolean needed = bytes(Stage.CONTRIBUTIONS, peer, rank) > 0 || bytes(Stage.RUNNING_SUMS, peer, rank) > 0;
            for (int chunk = 0; needed && chunk < chunks; chunk++) {
                missing[rank][chunk]++;
            }
        }
    }

    private long bytes(Stage stage, int from, int to) {
        return schedule.stages().contains(stage) ? schedule.bytes(stage, CONTRIBUTIONS, from, to) : 0;
    }

    private void begin(int rank) {
        lastArrival[rank] = Math.max(lastArrival[rank], loop.now());
        for (int chunk = 0; chunk < chunks; chunk++) {
            sendAll(Stage.CONTRIBUTIONS, chunk, rank);
        }
        for (int chunk = 0; chunk < chunks; chunk++) {
            if (missing[rank][chunk] == 0) {
                summed(chunk, rank);
            }
        }
    }

    private void sendAll(Stage stage, int chunk, int from) {
        for (int to : peers[from]) {
            long bytes = bytes(stage, from, to);
            long piece = bytes * (chunk + 1) / chunks - bytes * chunk / chunks;
            if (bytes > 0) {
                send(new Piece(stage, chunk, from, to, piece));
            }
        }
    }

    private void send(Piece piece) {
        Deque<Piece> waiting =
                connections.computeIfAbsent((long) piece.from * hosts.ranks() + piece.to, key -> new ArrayDeque<>(1));
        waiting.add(piece);
        if (waiting.size() == 1) {
            start(piece, waiting);
        }
    }

    private void start(Piece piece, Deque<Piece> waiting) {
        int from = hosts.hostOf(piece.from);
        int to = hosts.hostOf(piece.to);
        boolean inside = from == to;
        if (!inside) {
            hostBytes[from] += piece.bytes;
        }
        Link out = inside ? memoryOut[piece.from] : cardOut[from];
        Link in = inside ? memoryIn[piece.to] : cardIn[to];
        double latency = inside ? 0 : network.latencySeconds();
        loop.start(new Flow(out, in, piece.bytes, () -> {
            loop.at(loop.now() + latency, () -> arrive(piece));
            waiting.remove();
            if (!waiting.isEmpty()) {
                start(waiting.element(), waiting);
            }
        }));
    }

    private void arrive(Piece piece) {
        lastArrival[piece.to] = Math.max(lastArrival[piece.to], loop.now());
        switch (piece.stage) {
            case CONTRIBUTIONS, RUNNING_SUMS -> {
                missing[piece.to][piece.chunk]--;
                if (missing[piece.to][piece.chunk] == 0) {
                    summed(piece.chunk, piece.to);
                }
            }
            case RETURNED_SUMS -> finished(piece.chunk, piece.to);
            default -> {}
        }
    }

    /** A rank has the sum of a chunk as far as its host: the next host goes on, or it is complete. */
    private void summed(int chunk, int rank) {
        boolean goesOn = IntStream.of(peers[rank]).anyMatch(peer -> bytes(Stage.RUNNING_SUMS, rank, peer) > 0);
        if (goesOn) {
            sendAll(Stage.RUNNING_SUMS, chunk, rank);
        } else {
            finished(chunk, rank);
        }
    }

    private void finished(int chunk, int rank) {
        sendAll(Stage.RETURNED_SUMS, chunk, rank);
        sendAll(Stage.SUMS, chunk, rank);
    }
}
