package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.CommunicationException.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ranks that share memory, of which one leaves in the middle of a transfer, or a third process writes into it. */
@Timeout(60)
final class SharedMemoryFaultsTest {
    private static final int RING = 4096;
    private static final int DIFFERENT_ROUNDS = 4;
    private static final int[] FLAGS = {0, 128};
    /** Of both rings: what was put, what was taken. */
    private static final int[] CURSORS = {256, 384, 512, 640};

    @TempDir
    Path folder;

    /** The one who leaves has filled the rings, and taken nothing. */
    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "SMALL_MEMORY"})
    void rankThatLeavesInTheMiddleOfATransferEndsTheOthersAtOnce(Transport transport) throws Exception {
        everyoneNoticesWhoLeaves(
                transport,
                communicator -> Ranks.vector(1_000_000),
                failure -> assertThat(failure)
                        .hasMessageStartingWith("Cannot complete allReduceSum 1 on rank " + failure.rank() + ": rank ")
                        .hasMessageContaining(" of 26666"));
    }

    /** The one who leaves has said where its values lie, and summed a piece at most. */
    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "SMALL_MEMORY"})
    void rankThatLeavesInTheMiddleOfASumInAllocatedMemoryEndsTheOthersAtOnce(Transport transport) throws Exception {
        everyoneNoticesWhoLeaves(
                transport,
                communicator -> communicator.allocate(4_000_000).asFloatBuffer(),
                failure -> assertThat(failure)
                        .hasMessageStartingWith("Cannot complete allReduceSum 5 on rank " + failure.rank() + ": rank ")
                        .hasMessageMatching("(?s).*received \\d+ of 72 bytes, sent \\d+ of 72 bytes.*"));
    }

    private static void everyoneNoticesWhoLeaves(
            Transport transport,
            Function<Communicator, FloatBuffer> vectors,
            Consumer<CommunicationException> expectation)
            throws Exception {
        for (int leaving = 0; leaving < 3; leaving++) {
            int left = leaving;
            List<Ranks.Outcome<Object>> outcomes =
                    Ranks.run(3, transport.options().build(), communicator -> {
                        FloatBuffer values = vectors.apply(communicator);
                        communicator.barrier();
                        PendingReduction sum = communicator.startAllReduceSum(List.of(values), values);
                        if (communicator.rank() != left) {
                            sum.await();
                        }
                        return null;
                    });
            for (int rank = 0; rank < 3; rank++) {
                if (rank != left) {
                    CommunicationException failure = outcomes.get(rank).communicationFailure();
                    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.PEER_LOST);
                    assertThat(failure.rank()).isEqualTo(rank);
                    assertThat(failure).hasMessageContaining("operation deadline 20000 ms");
                    expectation.accept(failure);
                }
            }
        }
    }

    /** Two communicators over a memory file that stays in the folder. */
    private List<Communicator> pair(Path file) throws Exception {
        List<SharedMemory> memory = List.of(
                SharedMemory.create(file, RING), SharedMemory.join(file, RING).orElseThrow());
        List<PeerListener> listeners = Ranks.listeners(2);
        List<Communicator> ranks = new ArrayList<>();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            List<SocketChannel> channels = List.of(SocketChannel.open(server.getLocalAddress()), server.accept());
            CommunicatorOptions options = Transport.SMALL_MEMORY
                    .options()
                    .optOperationDeadline(Duration.ofSeconds(5))
                    .build();
            for (int rank = 0; rank < 2; rank++) {
                Selector selector = Selector.open();
                SocketChannel channel = channels.get(rank);
                channel.configureBlocking(false);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                PeerChannel peer =
                        new PeerChannel(rank, 1 - rank, new SharedMemoryWire(memory.get(rank), channel, key));
                Connections connections = new Connections(List.of(peer), selector);
                ranks.add(new PeerCommunicator(
                        new MeshCarrier(Ranks.group(listeners, rank, options), connections),
                        options,
                        HostLayout.single(2),
                        ReductionAlgorithm.AUTO));
            }
        }
        listeners.forEach(PeerListener::close);
        return ranks;
    }

    /** Sums, each of which is checked, until there are enough or one fails; answers how many. */
    private static int sums(Communicator communicator, int most, CountDownLatch begun) {
        Collective collective = Collective.inTwoHalves();
        List<Object> right = new ArrayList<>();
        for (int round = 0; round < DIFFERENT_ROUNDS; round++) {
            right.add(collective.answer().of(2, round));
        }
        for (int round = 0; round < most; round++) {
            int different = round % DIFFERENT_ROUNDS;
            assertThat(collective.call().on(communicator, different)).isEqualTo(right.get(different));
            begun.countDown();
        }
        return most;
    }

    private List<Ranks.Outcome<Integer>> vandalize(int seed, int[] places, int most) throws Exception {
        Random random = new Random(seed);
        Path file = folder.resolve("memory-" + seed);
        CountDownLatch begun = new CountDownLatch(4);
        List<FutureTask<Integer>> tasks = new ArrayList<>();
        for (Communicator rank : pair(file)) {
            tasks.add(Ranks.start("rank", () -> {
                try (rank) {
                    return sums(rank, most, begun);
                }
            }));
        }
        begun.await();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer memory =
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096).order(ByteOrder.nativeOrder());
            while (!tasks.stream().allMatch(FutureTask::isDone)) {
                LockSupport.parkNanos(random.nextInt(500_000));
                int at = places[random.nextInt(places.length)];
                memory.putLong(at, memory.getLong(at) ^ 1L << random.nextInt(Long.SIZE));
            }
        }
        return List.of(Ranks.outcome(tasks.get(0)), Ranks.outcome(tasks.get(1)));
    }

    @Test
    void overwrittenCursorIsAnErrorAndNeverAValue() throws Exception {
        for (int seed = 0; seed < 40; seed++) {
            List<Kind> kinds = new ArrayList<>();
            for (Ranks.Outcome<Integer> outcome : vandalize(seed, CURSORS, Integer.MAX_VALUE)) {
                kinds.add(outcome.communicationFailure().kind());
            }
            assertThat(kinds).as("seed %d", seed).contains(Kind.PROTOCOL).isSubsetOf(Kind.PROTOCOL, Kind.PEER_LOST);
        }
    }

    @Test
    void overwrittenFlagsCostNothingButTime() throws Exception {
        for (Ranks.Outcome<Integer> outcome : vandalize(0, FLAGS, 50)) {
            assertThat(outcome.value()).as("%s", outcome.failure()).isEqualTo(50);
        }
    }
}
