package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.comm.CommunicationException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class PeerListenerTest {
    /** A stranger's time to prove itself is long here, so that a peer which had to wait for it would be late. */
    private static final CommunicatorOptions OPTIONS =
            Ranks.options().optHandshakeDeadline(Duration.ofSeconds(15)).build();

    private static final Duration SOON = Duration.ofSeconds(8);
    private static final CommunicatorOptions IMPATIENT =
            Ranks.options().optConnectDeadline(Duration.ofMillis(600)).build();

    /** What strangers do to rank 0 before rank 1 comes. */
    private interface Attack {
        void run(PeerListener listener, Group rank1) throws Exception;
    }

    private static FutureTask<Long> rank(PeerListener listener, Group group) {
        return Ranks.start("rank " + group.rank(), () -> {
            try (Communicator communicator = listener.connect(group)) {
                return communicator.allReduceMax(group.rank());
            }
        });
    }

    /** Rank 0 connects throughout; both ranks must work in the end, and soon. */
    private static void survives(Attack attack) throws Exception {
        List<PeerListener> listeners = Ranks.listeners(2);
        FutureTask<Long> rank0 = rank(listeners.get(0), Ranks.group(listeners, 0, OPTIONS));
        Group group1 = Ranks.group(listeners, 1, OPTIONS);
        attack.run(listeners.get(0), group1);
        long begin = System.nanoTime();
        FutureTask<Long> rank1 = rank(listeners.get(1), group1);
        assertThat(rank1.get()).isEqualTo(1);
        assertThat(rank0.get()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 91, 92, 93, 4096, 1_000_000})
    void randomBytesAreClosedAndChangeNothing(int count) throws Exception {
        byte[] noise = new byte[count];
        new Random(count).nextBytes(noise);
        List<RawPeer> strangers = new ArrayList<>();
        survives((listener, rank1) -> {
            for (int i = 0; i < 3; i++) {
                RawPeer stranger = RawPeer.connect(listener);
                strangers.add(stranger);
                try {
                    stranger.send(noise);
                } catch (IOException e) {
                    // Turned away before it could say everything.
                }
            }
        });
        for (RawPeer stranger : strangers) {
            stranger.awaitEnd();
            stranger.close();
        }
    }

    @Test
    void strangersThatCloseAtOnceChangeNothing() throws Exception {
        survives((listener, rank1) -> {
            for (int i = 0; i < 50; i++) {
                RawPeer.connect(listener).close();
            }
        });
    }

    @Test
    void manyStrangersThatSayNothingKeepNobodyOut() throws Exception {
        List<RawPeer> idle = new ArrayList<>();
        survives((listener, rank1) -> {
            for (int i = 0; i < 300; i++) {
                idle.add(RawPeer.connect(listener));
            }
        });
        for (RawPeer stranger : idle) {
            stranger.awaitEnd();
            stranger.close();
        }
    }

    @Test
    void strangersAreGoneOnceAllRanksAreConnected() throws Exception {
        List<PeerListener> listeners = Ranks.listeners(2);
        try (RawPeer stranger = RawPeer.connect(listeners.get(0))) {
            FutureTask<Object> rank0 = Ranks.start("rank 0", () -> {
                try (Communicator communicator = listeners.get(0).connect(Ranks.group(listeners, 0, OPTIONS))) {
                    stranger.awaitEnd();
                    assertThatThrownBy(() -> RawPeer.connect(listeners.get(0))).isInstanceOf(IOException.class);
                    communicator.barrier();
                    return null;
                }
            });
            try (Communicator communicator = listeners.get(1).connect(Ranks.group(listeners, 1, OPTIONS))) {
                communicator.barrier();
            }
            assertThat(Ranks.outcome(rank0).failure()).isNull();
        }
    }

    @Test
    void strangerThatDripsBytesIsClosedAfterTheHandshakeDeadline() throws Exception {
        CommunicatorOptions options =
                Ranks.options().optHandshakeDeadline(Duration.ofMillis(300)).build();
        List<PeerListener> listeners = Ranks.listeners(2);
        FutureTask<Long> rank0 = rank(listeners.get(0), Ranks.group(listeners, 0, options));
        byte[] hello = RawPeer.hello(Ranks.group(listeners, 1, options), 0);
        long begin = System.nanoTime();
        int sent = 0;
        try (RawPeer dripping = RawPeer.connect(listeners.get(0))) {
            FutureTask<Void> end = Ranks.start("end", () -> {
                dripping.awaitEnd();
                return null;
            });
            while (!end.isDone() && sent < hello.length - 1) {
                dripping.send(new byte[] {hello[sent++]});
                awaitQuietly(end, 20);
            }
            end.get();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
        assertThat(sent).isLessThan(hello.length - 1);
        assertThat(rank(listeners.get(1), Ranks.group(listeners, 1, options)).get())
                .isEqualTo(1);
        assertThat(rank0.get()).isEqualTo(1);
    }

    private static void awaitQuietly(FutureTask<Void> task, long millis) throws Exception {
        try {
            task.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Not yet.
        }
    }

    @Test
    void nothingIsReadBeyondTheHello() throws Exception {
        survives((listener, rank1) -> {
            try (RawPeer stranger = RawPeer.connect(listener)) {
                stranger.send(RawPeer.hello(rank1, 0));
                byte[] challenge = stranger.read(Handshake.CHALLENGE_BYTES);
                assertThat(challenge).hasSize(Handshake.CHALLENGE_BYTES);
                stranger.send(new byte[Credentials.PROOF_BYTES]);
                byte[] refusal = stranger.read(10_000);
                assertThat(refusal).hasSize(Handshake.WELCOME_BYTES);
                assertThat(ByteBuffer.wrap(refusal).getInt(4)).isEqualTo(Refusal.PROOF.code());
                assertThat(refusal).endsWith(new byte[Credentials.PROOF_BYTES]);
            }
        });
    }

    @Test
    void recordedHandshakeIsWorthNothing() throws Exception {
        List<PeerListener> listeners = Ranks.listeners(3);
        FutureTask<Long> rank0 = rank(listeners.get(0), Ranks.group(listeners, 0, OPTIONS));
        Credentials credentials = new Credentials(Ranks.group(listeners, 1, OPTIONS));
        byte[] hello = credentials.hello(0, credentials.nonce(), 0);
        try (RawPeer genuine = RawPeer.connect(listeners.get(0));
                RawPeer replay = RawPeer.connect(listeners.get(0))) {
            genuine.send(hello);
            byte[] challenge = genuine.read(Handshake.CHALLENGE_BYTES);
            byte[] nonce = Arrays.copyOfRange(challenge, 8, challenge.length);
            byte[] proof = credentials.proof(Credentials.Role.DIALLER, hello, nonce, 0);

            replay.send(hello);
            assertThat(replay.read(Handshake.CHALLENGE_BYTES)).isNotEqualTo(challenge);
            replay.send(proof);
            byte[] verdict = replay.read(Handshake.WELCOME_BYTES);
            assertThat(ByteBuffer.wrap(verdict).getInt(4)).isEqualTo(Refusal.PROOF.code());

            genuine.send(proof);
            byte[] welcome = genuine.read(Handshake.WELCOME_BYTES);
            assertThat(ByteBuffer.wrap(welcome).getInt(4)).isEqualTo(Refusal.NONE.code());
            assertThat(welcome).endsWith(credentials.proof(Credentials.Role.ACCEPTOR, hello, nonce, 0));
        }
        listeners.get(1).close();
        listeners.get(2).close();
        // Rank 1 was let in and then went away.
        assertThat(Ranks.outcome(rank0).communicationFailure().kind()).isEqualTo(Kind.PEER_LOST);
    }

    @Test
    void secondConnectionOfARankIsRefused() throws Exception {
        List<PeerListener> listeners = Ranks.listeners(3);
        FutureTask<Long> rank0 = rank(listeners.get(0), Ranks.group(listeners, 0, OPTIONS));
        Group group1 = Ranks.group(listeners, 1, OPTIONS);
        try (RawPeer first = RawPeer.join(group1, 0)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> RawPeer.join(group1, 0))
                    .isInstanceOf(Fault.class)
                    .hasMessage("refused the connection because it is already connected to this rank");
        }
        listeners.get(1).close();
        listeners.get(2).close();
        assertThat(Ranks.outcome(rank0).communicationFailure().kind()).isEqualTo(Kind.PEER_LOST);
    }

    private static void refused(UnaryOperator<Group> difference, String why) throws Exception {
        List<PeerListener> listeners = Ranks.listeners(2);
        FutureTask<Long> rank0 = rank(listeners.get(0), Ranks.group(listeners, 0, IMPATIENT));
        FutureTask<Long> rank1 = rank(listeners.get(1), difference.apply(Ranks.group(listeners, 1, IMPATIENT)));
        CommunicationException e1 = Ranks.outcome(rank1).communicationFailure();
        assertThat(e1.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(e1.peer()).hasValue(0);
        assertThat(e1)
                .hasMessage("Cannot complete connect on rank 1: rank 0 at "
                        + e1.peerEndpoint().orElseThrow() + " refused the connection because " + why
                        + " (connect deadline 600 ms)");
        CommunicationException e0 = Ranks.outcome(rank0).communicationFailure();
        assertThat(e0.kind()).isEqualTo(Kind.DEADLINE);
        assertThat(e0)
                .hasMessageContaining("Cannot complete connect on rank 0: rank 1 at "
                        + e0.peerEndpoint().orElseThrow() + " did not connect; missing ranks: 1; ")
                .hasMessageContaining("1 connections turned away, the last one from /127.0.0.1:")
                .hasMessageContaining("was refused because " + why);
        assertThat(e0.getMessage() + e1.getMessage()).doesNotContain("0123456789abcdef");
    }

    private static Group copy(Group group, String runId, int attempt, Secret secret, CommunicatorOptions options) {
        return new Group(runId, attempt, group.rank(), group.members(), secret, options);
    }

    @Test
    void wrongSecretIsRefused() throws Exception {
        refused(
                group -> copy(group, group.runId(), 0, Secret.random(), IMPATIENT),
                "it does not accept the proof: the secrets differ");
    }

    @Test
    void wrongAttemptIsRefused() throws Exception {
        refused(group -> copy(group, group.runId(), 1, Ranks.SECRET, IMPATIENT), "it is in another attempt of the run");
    }

    @Test
    void wrongRunIsRefused() throws Exception {
        refused(group -> copy(group, "run-8", 0, Ranks.SECRET, IMPATIENT), "it belongs to another run");
    }

    @Test
    void differentLayoutOfVectorsIsRefused() throws Exception {
        CommunicatorOptions other = Ranks.options()
                .optConnectDeadline(IMPATIENT.connectDeadline())
                .optChunkBytes(128)
                .build();
        refused(
                group -> copy(group, group.runId(), 0, Ranks.SECRET, other),
                "its chunkBytes, smallVectorBytes, algorithm or sealing differ");
    }

    @Test
    void otherWorldSizeIsRefused() throws Exception {
        refused(
                group -> {
                    List<Member> members = new ArrayList<>(group.members());
                    members.add(Member.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
                    return new Group(group.runId(), 0, 1, members, Ranks.SECRET, IMPATIENT);
                },
                "it has another rank or world size than this rank believes");
    }

    /** Rank 1 dials something that isn't rank 0. */
    private static CommunicationException dialling(Function<byte[], byte[]> answerToProof) throws Exception {
        List<PeerListener> listeners = Ranks.listeners(1);
        try (ServerSocketChannel impostor =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            List<Member> members = List.of(
                    Member.of((InetSocketAddress) impostor.getLocalAddress()),
                    Member.of(listeners.get(0).address()));
            Group group = new Group("run-7", 0, 1, members, Ranks.SECRET, OPTIONS);
            FutureTask<Long> rank1 = rank(listeners.get(0), group);
            try (SocketChannel channel = impostor.accept()) {
                read(channel, Credentials.HELLO_BYTES);
                write(channel, Handshake.answer(Refusal.NONE, new byte[Credentials.NONCE_BYTES]));
                write(channel, answerToProof.apply(read(channel, Credentials.PROOF_BYTES)));
                return Ranks.outcome(rank1).communicationFailure();
            }
        }
    }

    private static byte[] read(SocketChannel channel, int bytes) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            Thread.onSpinWait();
        }
        return buffer.array();
    }

    private static void write(SocketChannel channel, byte[] bytes) throws Exception {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Test
    void proofReflectedToItsSenderIsNoProof() throws Exception {
        CommunicationException e = dialling(proof -> Handshake.answer(
                Refusal.NONE,
                ByteBuffer.allocate(Integer.BYTES + proof.length)
                        .putInt(0)
                        .put(proof)
                        .array()));
        assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(e).hasMessageContaining(" cannot prove that it knows the secret of the run (");
    }

    @Test
    void serviceThatSpeaksSomethingElseIsNamed() throws Exception {
        CommunicationException e = dialling(proof ->
                "HTTP/1.1 400 Bad Request\r\nServer: somebody else\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(e).hasMessageContaining("bytes that are not one: something else listens there");
    }

    @Test
    void rankThatNeverComesIsNamedAtTheDeadline() throws Exception {
        List<PeerListener> listeners = Ranks.listeners(3);
        FutureTask<Long> rank0 = rank(listeners.get(0), Ranks.group(listeners, 0, IMPATIENT));
        CommunicationException e = Ranks.outcome(rank0).communicationFailure();
        assertThat(e.kind()).isEqualTo(Kind.DEADLINE);
        assertThat(e.peer()).hasValue(1);
        assertThat(e).hasMessageContaining(" did not connect; missing ranks: 1, 2 (connect deadline 600 ms)");
        listeners.forEach(PeerListener::close);
    }

    @Test
    void rankThatNobodyListensForIsDialledUntilTheDeadline() throws Exception {
        List<PeerListener> listeners = Ranks.listeners(2);
        listeners.get(0).close();
        FutureTask<Long> rank1 = rank(listeners.get(1), Ranks.group(listeners, 1, IMPATIENT));
        CommunicationException e = Ranks.outcome(rank1).communicationFailure();
        assertThat(e.kind()).isEqualTo(Kind.DEADLINE);
        assertThat(e).hasMessageContaining(" could not be reached: Connection refused; missing ranks: 0 (connect");
    }

    @Test
    void interruptAndCloseEndConnecting() throws Exception {
        List<PeerListener> listeners = Ranks.listeners(2);
        FutureTask<Long> interrupted = Ranks.start("rank 0", () -> {
            Thread.currentThread().interrupt();
            return rankHere(listeners.get(0), Ranks.group(listeners, 0, OPTIONS));
        });
        CommunicationException e = Ranks.outcome(interrupted).communicationFailure();
        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(e).hasMessageContaining("the thread was interrupted");

        PeerListener listener = listeners.get(1);
        CommunicatorOptions closing =
                Ranks.options().optCancellation(listener::close).build();
        FutureTask<Long> closed = rank(listener, Ranks.group(listeners, 1, closing));
        e = Ranks.outcome(closed).communicationFailure();
        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(e).hasMessageContaining("the listener was closed by another thread");
    }

    private static long rankHere(PeerListener listener, Group group) {
        try (Communicator communicator = listener.connect(group)) {
            return communicator.rank();
        }
    }

    @Test
    void listenerConnectsOnce() throws Exception {
        List<PeerListener> listeners = Ranks.listeners(1);
        PeerListener listener = listeners.get(0);
        Group group = Ranks.group(listeners, 0, OPTIONS);
        assertThat(rankHere(listener, group)).isZero();
        assertThatThrownBy(() -> listener.connect(group))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot connect rank 0: the listener on " + listener.address()
                        + " is closed (expected an open one; each connects once)");
    }

    @Test
    void addressOfAnotherMachineIsRefused() throws Exception {
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        assertThatThrownBy(() -> PeerListener.open(elsewhere))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageMatching(
                        "Cannot listen for peers on 192.0.2.1: .* \\(expected an address of this machine\\)");
    }
}
