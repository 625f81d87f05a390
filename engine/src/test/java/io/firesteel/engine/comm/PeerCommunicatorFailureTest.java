package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.comm.CommunicationException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rank 0 of a world of two is real; rank 1 proves itself and then does what each test wants. */
@Timeout(60)
final class PeerCommunicatorFailureTest {
    private static final int LENGTH = 100_000;

    /** What the false peer does while rank 0 runs. */
    private interface Script {
        void play(RawPeer peer) throws Exception;
    }

    private static CommunicationException failureOf(CommunicatorOptions options, Ranks.Body<Object> body, Script script)
            throws Exception {
        List<PeerListener> listeners = Ranks.listeners(2);
        Group group = Ranks.group(listeners, 0, options);
        FutureTask<Object> rank0 = Ranks.start("rank 0", () -> {
            try (Communicator communicator = listeners.get(0).connect(group)) {
                return body.run(communicator);
            }
        });
        listeners.get(1).close();
        try (RawPeer peer = RawPeer.join(Ranks.group(listeners, 1, options), 0)) {
            script.play(peer);
            return Ranks.outcome(rank0).communicationFailure();
        }
    }

    private static Object sum(Communicator communicator) {
        communicator.allReduceSum(List.of(Ranks.vector(LENGTH)), Ranks.vector(LENGTH));
        return null;
    }

    /** Everything that a true rank 1 sends in {@link #sum}. */
    private static byte[] bytesOfSum() {
        int slice = LENGTH / 2 * Float.BYTES;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(RawPeer.bytes(new Frame(Operation.ALL_REDUCE_SUM, 0, 2L * slice, LENGTH, 1)));
        bytes.writeBytes(new byte[2 * slice]);
        return bytes.toByteArray();
    }

    private static String endpoint(CommunicationException e) {
        return e.peerEndpoint().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 39, 40, 41, 100_000, 200_039, 200_040, 200_041, 300_001, 400_039})
    void peerThatClosesIsLostAtOnceWhereverItWas(int bytesBefore) throws Exception {
        long begin = System.nanoTime();
        CommunicationException e = failureOf(Ranks.options().build(), PeerCommunicatorFailureTest::sum, peer -> {
            peer.send(Arrays.copyOf(bytesOfSum(), bytesBefore));
            peer.close();
        });
        assertThat(e.kind()).isEqualTo(Kind.PEER_LOST);
        assertThat(e.peer()).hasValue(1);
        assertThat(e.rank()).isZero();
        assertThat(e.operation()).isEqualTo("allReduceSum 0");
        assertThat(e)
                .hasMessageMatching("Cannot complete allReduceSum 0 on rank 0: rank 1 at "
                        + "127.0.0.1:\\d+ (closed the connection|broke the connection: .*) "
                        + "\\(received (no header|\\d+ of 400000 bytes), sent \\d+ of 400000 bytes, "
                        + "operation deadline 20000 ms\\)");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 40, 100_000, 200_040, 300_000})
    void peerThatFallsSilentMissesTheDeadline(int bytesBefore) throws Exception {
        CommunicatorOptions options =
                Ranks.options().optOperationDeadline(Duration.ofMillis(300)).build();
        CommunicationException e = failureOf(options, PeerCommunicatorFailureTest::sum, peer -> {
            peer.send(Arrays.copyOf(bytesOfSum(), bytesBefore));
            peer.awaitEnd();
        });
        assertThat(e.kind()).isEqualTo(Kind.DEADLINE);
        assertThat(e.peer()).hasValue(1);
        assertThat(e)
                .hasMessageContaining("rank 1 at " + endpoint(e)
                        + " moved no byte for 300 ms; if it is only slow, raise the operation deadline (received ")
                .hasMessageContaining("operation deadline 300 ms)");
    }

    @Test
    void peerThatIsSlowButMovesIsWaitedFor() throws Exception {
        CommunicatorOptions options =
                Ranks.options().optOperationDeadline(Duration.ofSeconds(1)).build();
        CountDownLatch never = new CountDownLatch(1);
        long begin = System.nanoTime();
        CommunicationException e = failureOf(options, PeerCommunicatorFailureTest::sum, peer -> {
            byte[] all = bytesOfSum();
            for (int i = 0; i < 6; i++) {
                peer.send(Arrays.copyOfRange(all, i * 100, (i + 1) * 100));
                assertThat(never.await(250, TimeUnit.MILLISECONDS)).isFalse();
            }
            peer.awaitEnd();
        });
        assertThat(e.kind()).isEqualTo(Kind.DEADLINE);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void differentOperationsAreNamedOnBothRanks() throws Exception {
        List<Ranks.Outcome<Object>> outcomes = Ranks.run(2, Ranks.options().build(), communicator -> {
            communicator.barrier();
            if (communicator.rank() == 0) {
                communicator.barrier();
            } else {
                communicator.allGather(new byte[5]);
            }
            return null;
        });
        CommunicationException e0 = outcomes.get(0).communicationFailure();
        CommunicationException e1 = outcomes.get(1).communicationFailure();
        assertThat(e0.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(e0)
                .hasMessageContaining("Cannot complete barrier 1 on rank 0: rank 1 at " + endpoint(e0)
                        + " called allGather 1 while rank 0 called barrier 1 (");
        assertThat(e1.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(e1).hasMessageContaining("called barrier 1 while rank 1 called allGather 1");
    }

    @Test
    void differentLengthsAreNamed() throws Exception {
        List<Ranks.Outcome<Object>> outcomes = Ranks.run(3, Ranks.options().build(), communicator -> {
            int length = communicator.rank() == 2 ? 12 : 10;
            communicator.allReduceSum(List.of(Ranks.vector(length)), Ranks.vector(length));
            return null;
        });
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.failure()).isNotNull());
        assertThat(outcomes)
                .anySatisfy(outcome -> assertThat(outcome.failure())
                        .hasMessageContaining("called allReduceSum 0 with vectors of 12 elements while rank")
                        .hasMessageContaining("called it with 10"));
    }

    @Test
    void differentRootsAreNamed() throws Exception {
        List<Ranks.Outcome<Object>> outcomes = Ranks.run(
                2, Ranks.options().build(), communicator -> communicator.broadcast(new byte[1], communicator.rank()));
        assertThat(outcomes.get(0).communicationFailure())
                .hasMessageContaining("called broadcast 0 with root 1 while this rank has root 0");
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 40, Integer.MAX_VALUE, 1001})
    void hugeDeclaredLengthIsRefusedBeforeItIsAllocated(long length) throws Exception {
        CommunicatorOptions options = Ranks.options().optMaxMessageBytes(1000).build();
        CommunicationException e = failureOf(
                options,
                communicator -> communicator.allGather(new byte[3]),
                peer -> peer.send(new Frame(Operation.ALL_GATHER, 0, length, 0, 0)));
        assertThat(e.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(e)
                .hasMessageContaining("announced " + length
                        + " bytes for allGather 0, expected in [0, 1000]; maxMessageBytes bounds larger values");
    }

    @Test
    void negativeLengthIsRefused() throws Exception {
        CommunicationException e = failureOf(
                Ranks.options().build(),
                communicator -> communicator.allGather(new byte[3]),
                peer -> peer.send(new Frame(Operation.ALL_GATHER, 0, -1, 0, 0)));
        assertThat(e).hasMessageContaining("sent a frame of negative size");
    }

    @Test
    void maximumOfFewerThanEightBytesIsRefused() throws Exception {
        CommunicationException e = failureOf(
                Ranks.options().build(),
                communicator -> communicator.allReduceMax(1),
                peer -> peer.send(new Frame(Operation.ALL_REDUCE_MAX, 0, 7, 0, 0)));
        assertThat(e).hasMessageContaining("announced 7 bytes for allReduceMax 0, expected in [8, 8]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, (1 << 30) - 1})
    void payloadThatDoesNotFitTheContributionsIsRefused(int count) throws Exception {
        CommunicationException e = failureOf(
                Ranks.options().build(),
                PeerCommunicatorFailureTest::sum,
                peer -> peer.send(new Frame(Operation.ALL_REDUCE_SUM, 0, 12, LENGTH, count)));
        assertThat(e.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(e)
                .hasMessageContaining("announced 12 bytes for " + count
                        + " contributions to a slice of 50000 elements, expected " + (1L + count) * 200_000);
    }

    @Test
    void bytesThatAreNoFrameAreRefused() throws Exception {
        CommunicationException e = failureOf(
                Ranks.options().build(),
                communicator -> communicator.allReduceMax(1),
                peer -> peer.send(new byte[Frame.HEADER_BYTES]));
        assertThat(e.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(e).hasMessageContaining("sent no frame (it starts with 00000000, expected 46534d02)");
    }

    @Test
    void unknownOperationCodeIsRefused() throws Exception {
        byte[] frame = RawPeer.bytes(new Frame(Operation.BARRIER, 0, 0, 0, 0));
        frame[4] = 99;
        CommunicationException e = failureOf(
                Ranks.options().build(), communicator -> communicator.allReduceMax(1), peer -> peer.send(frame));
        assertThat(e).hasMessageContaining("sent an unknown operation code 99");
    }

    @Test
    void interruptEndsTheWaitAndKeepsTheFlag() throws Exception {
        AtomicReference<Thread> waiting = new AtomicReference<>();
        AtomicBoolean flagged = new AtomicBoolean();
        CommunicationException e = failureOf(
                Ranks.options().build(),
                communicator -> {
                    waiting.set(Thread.currentThread());
                    try {
                        communicator.barrier();
                    } finally {
                        flagged.set(Thread.interrupted());
                    }
                    return null;
                },
                peer -> {
                    peer.read(Frame.HEADER_BYTES);
                    waiting.get().interrupt();
                    peer.awaitEnd();
                });
        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(e.peer()).isEmpty();
        assertThat(e)
                .hasMessage("Cannot complete barrier 0 on rank 0: the thread was interrupted"
                        + " (operation deadline 20000 ms)");
        assertThat(flagged).isTrue();
    }

    @Test
    void closingFromAnotherThreadEndsTheWait() throws Exception {
        AtomicReference<Communicator> waiting = new AtomicReference<>();
        CommunicationException e = failureOf(
                Ranks.options().build(),
                communicator -> {
                    waiting.set(communicator);
                    communicator.barrier();
                    return null;
                },
                peer -> {
                    peer.read(Frame.HEADER_BYTES);
                    waiting.get().close();
                    peer.awaitEnd();
                });
        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(e).hasMessageContaining("the communicator was closed by another thread");
    }

    @Test
    void whateverTheCancellationHookThrowsComesOut() throws Exception {
        AtomicBoolean killed = new AtomicBoolean();
        ArithmeticException kill = new ArithmeticException("killed by the driver");
        CommunicatorOptions options = Ranks.options()
                .optCancellation(() -> {
                    if (killed.get()) {
                        throw kill;
                    }
                })
                .build();
        CommunicationException e = failureOf(
                options,
                communicator -> {
                    assertThatThrownBy(communicator::barrier).isSameAs(kill);
                    communicator.barrier();
                    return null;
                },
                peer -> {
                    peer.read(Frame.HEADER_BYTES);
                    killed.set(true);
                    peer.awaitEnd();
                });
        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(e)
                .hasMessage("Cannot start barrier 0 on rank 0: the communicator was closed by its first failure"
                        + " (killed by the driver)")
                .hasCause(kill);
    }

    @Test
    void cancellationHookRunsAtLeastEveryFiftyMilliseconds() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CommunicatorOptions options = Ranks.options()
                .optOperationDeadline(Duration.ofSeconds(1))
                .optCancellation(() -> {
                    if (Thread.currentThread().getName().equals("rank 0")) {
                        calls.incrementAndGet();
                    }
                })
                .build();
        CommunicationException e = failureOf(
                options,
                communicator -> {
                    communicator.barrier();
                    return null;
                },
                RawPeer::awaitEnd);
        assertThat(e.kind()).isEqualTo(Kind.DEADLINE);
        assertThat(calls).hasValueGreaterThanOrEqualTo(10);
    }

    @Test
    void afterAFailureEveryOperationNamesTheFirst() throws Exception {
        CommunicationException e = failureOf(
                Ranks.options().build(),
                communicator -> {
                    assertThatThrownBy(communicator::barrier).isInstanceOf(CommunicationException.class);
                    FloatBuffer vector = Ranks.vector(1);
                    assertThatThrownBy(() -> communicator.allReduceSum(List.of(vector), vector))
                            .hasMessageContaining("Cannot start allReduceSum 0 on rank 0: the communicator was closed");
                    return communicator.allReduceMax(1);
                },
                RawPeer::close);
        assertThat(e.kind()).isEqualTo(Kind.PEER_LOST);
        assertThat(e.peer()).hasValue(1);
        assertThat(e)
                .hasMessageStartingWith("Cannot start allReduceMax 0 on rank 0: the communicator was closed by its"
                        + " first failure (Cannot complete barrier 0 on rank 0: rank 1 at ")
                .hasCauseInstanceOf(CommunicationException.class);
    }

    @Test
    void oneRankThatLeavesEndsTheOperationOfAllOthers() throws Exception {
        List<Ranks.Outcome<Object>> outcomes = Ranks.run(4, Ranks.options().build(), communicator -> {
            communicator.barrier();
            if (communicator.rank() != 2) {
                sum(communicator);
            }
            return null;
        });
        for (int rank : new int[] {0, 1, 3}) {
            assertThat(outcomes.get(rank).communicationFailure().kind()).isEqualTo(Kind.PEER_LOST);
        }
        assertThat(outcomes)
                .anySatisfy(outcome ->
                        assertThat(outcome.communicationFailure().peer()).hasValue(2));
    }

    @Test
    void closedCommunicatorRefusesOperations() throws Exception {
        Ranks.values(2, Ranks.options().build(), communicator -> {
            communicator.barrier();
            communicator.close();
            communicator.close();
            assertThatThrownBy(communicator::barrier)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "Cannot start barrier 1 on rank " + communicator.rank() + ": the communicator is closed");
            return null;
        });
    }

    @Test
    void wrongArgumentsAreRefusedBeforeAnythingIsSent() throws Exception {
        CommunicatorOptions options = Ranks.options().optMaxMessageBytes(10).build();
        Ranks.values(2, options, communicator -> {
            assertThatThrownBy(() -> communicator.allGather(new byte[11]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot send the value of allGather 0: too large"
                            + " (11 bytes, expected <= maxMessageBytes, 10)");
            assertThatThrownBy(() -> communicator.broadcast(new byte[1], 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot broadcast from rank 2: no such rank (expected in [0, 2))");
            assertThatThrownBy(() -> communicator.allReduceSum(List.of(FloatBuffer.allocate(1)), Ranks.vector(1)))
                    .isInstanceOf(IllegalArgumentException.class);
            communicator.barrier();
            return null;
        });
    }

    /**
     * Rank 2 says nothing either, because it waits for rank 1 as rank 0 does; rank 1 is to blame. Where rank 1 stops between its last
     * words to the one and to the other, that one has gone on to the next sum, and may blame the other, which blames rank 1.
     */
    @Test
    void ofSeveralSilentRanksTheOneThatStoppedIsBlamed() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean stopping = new AtomicBoolean();
        CommunicatorOptions options = Ranks.options()
                .optOperationDeadline(Duration.ofSeconds(3))
                .optChunkBytes(4096)
                .optCancellation(() -> {
                    if (stopping.get() && Thread.currentThread().getName().equals("rank 1")) {
                        stopped.countDown();
                        awaitQuietly(end);
                    }
                })
                .build();
        AtomicInteger left = new AtomicInteger(2);
        List<Ranks.Outcome<Object>> outcomes = Ranks.run(3, options, communicator -> {
            FloatBuffer values = Ranks.vector(2_000_000);
            communicator.allReduceSum(List.of(values), values);
            stopping.set(true);
            try {
                while (true) {
                    communicator.allReduceSum(List.of(values), values);
                }
            } finally {
                if (left.decrementAndGet() == 0) {
                    end.countDown();
                }
            }
        });
        assertThat(stopped.getCount()).isZero();
        List<CommunicationException> late = outcomes.stream()
                .map(Ranks.Outcome::communicationFailure)
                .filter(e -> e.kind() == Kind.DEADLINE)
                .toList();
        assertThat(late).isNotEmpty();
        Map<Integer, Integer> blamed = new HashMap<>();
        late.stream()
                .filter(e -> e.rank() != 1)
                .forEach(e -> blamed.put(e.rank(), e.peer().orElseThrow()));
        assertThat(blamed.values()).contains(1);
        assertThat(blamed.values())
                .allSatisfy(peer -> assertThat(blamed.getOrDefault(peer, 1)).isEqualTo(1));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
