package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.CommunicationException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strangers with recordings, crowds and claims, beyond what {@link PeerListenerTest} has of single ones. */
@Timeout(60)
final class HostileConnectionsTest {
    private static final int DIALLED = Credentials.HELLO_BYTES + Credentials.PROOF_BYTES;
    private static final Duration HANDSHAKE = Duration.ofMillis(500);
    /** A second, and what a busy machine may add. */
    private static final Duration WITHIN_A_SECOND = Duration.ofSeconds(3);
    /** What one connected peer has by default; a stranger must get nothing like it. */
    private static final long BUFFERS_OF_A_PEER = 512 << 10;

    /** As by default, but for the time to prove itself. */
    private static final CommunicatorOptions OPTIONS = CommunicatorOptions.builder()
            .optConnectDeadline(Duration.ofSeconds(20))
            .optOperationDeadline(Duration.ofSeconds(20))
            .optHandshakeDeadline(HANDSHAKE)
            .build();

    /** With frames that a recording shows. */
    private static final CommunicatorOptions PLAIN =
            Transport.PLAIN.options().optHandshakeDeadline(HANDSHAKE).build();

    private static FutureTask<Object> rank(PeerListener listener, Group group) {
        return Ranks.start("rank " + group.rank(), () -> {
            try (Communicator communicator = listener.connect(group)) {
                return Collective.inTwoHalves().call().on(communicator, 0);
            }
        });
    }

    /** Rank 0 waits for rank 1. */
    private static final class Victim {
        final List<PeerListener> listeners = Ranks.listeners(2);
        final long buffersBefore = HeldResources.bufferBytesHeld();
        final FutureTask<Object> rank0 = rank(listeners.get(0), Ranks.group(listeners, 0, OPTIONS));

        RawPeer stranger() throws IOException {
            return RawPeer.connect(listeners.get(0));
        }

        void assertMemoryIsBounded() {
            assertThat(HeldResources.bufferBytesHeld() - buffersBefore).isLessThan(BUFFERS_OF_A_PEER);
        }

        /** The real rank 1 comes, and both sum what they should. */
        void assertUnharmed() throws Exception {
            FutureTask<Object> rank1 = rank(listeners.get(1), Ranks.group(listeners, 1, OPTIONS));
            Object right = Collective.inTwoHalves().answer().of(2, 0);
            assertThat(rank1.get()).isEqualTo(right);
            assertThat(rank0.get()).isEqualTo(right);
        }
    }

    private static void assertSince(long begin) {
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(WITHIN_A_SECOND);
    }

    /** All that went from one rank to the other in a run that nothing disturbed. */
    private static byte[] recordingOf(CommunicatorOptions options, Collective collective, int from, int to)
            throws Exception {
        List<PeerListener> listeners = Ranks.listeners(2);
        try (FaultyNetwork network = FaultyNetwork.around(listeners, 1)) {
            FaultyWorld.run(listeners, network, collective, options, 1).assertUnharmed(1);
            return network.traffic(from, to).recording();
        }
    }

    private static byte[] hello() throws Exception {
        return Arrays.copyOf(recordingOf(OPTIONS, Collective.inTwoHalves(), 1, 0), Credentials.HELLO_BYTES);
    }

    @Test
    void recordedRankIsRefused() throws Exception {
        byte[] recording = recordingOf(OPTIONS, Collective.inTwoHalves(), 1, 0);
        Victim victim = new Victim();
        try (RawPeer replay = victim.stranger()) {
            long begin = System.nanoTime();
            replay.send(recording);
            assertThat(replay.read(Handshake.CHALLENGE_BYTES)).hasSize(Handshake.CHALLENGE_BYTES);
            byte[] verdict = replay.read(Handshake.WELCOME_BYTES);
            assertThat(ByteBuffer.wrap(verdict).getInt(Integer.BYTES)).isEqualTo(Refusal.PROOF.code());
            replay.awaitEnd();
            assertSince(begin);
        }
        victim.assertUnharmed();
    }

    @Test
    void recordedAcceptorIsRefused() throws Exception {
        byte[] recording = recordingOf(OPTIONS, Collective.inTwoHalves(), 0, 1);
        try (ServerSocketChannel impostor =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                PeerListener listener = PeerListener.open(InetAddress.getLoopbackAddress())) {
            List<Member> members =
                    List.of(Member.of((InetSocketAddress) impostor.getLocalAddress()), Member.of(listener.address()));
            long begin = System.nanoTime();
            FutureTask<Object> rank1 = rank(listener, new Group("run-7", 0, 1, members, Ranks.SECRET, OPTIONS));
            try (SocketChannel channel = impostor.accept()) {
                ByteBuffer answers = ByteBuffer.wrap(recording);
                while (answers.hasRemaining()) {
                    channel.write(answers);
                }
                CommunicationException e = Ranks.outcome(rank1).communicationFailure();
                assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION);
                assertThat(e).hasMessageContaining(" cannot prove that it knows the secret of the run (");
                assertSince(begin);
            }
        }
    }

    @Test
    void wrongSecretIsRefusedWithinASecond() throws Exception {
        Victim victim = new Victim();
        Group right = Ranks.group(victim.listeners, 1, OPTIONS);
        Group wrong = new Group(right.runId(), 0, 1, right.members(), Secret.random(), OPTIONS);
        long begin = System.nanoTime();
        try (PeerListener other = PeerListener.open(InetAddress.getLoopbackAddress())) {
            CommunicationException e = Ranks.outcome(rank(other, wrong)).communicationFailure();
            assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION);
            assertSince(begin);
        }
        victim.assertUnharmed();
    }

    static List<Named<byte[]>> firstBytes() {
        byte[] large = new byte[64 << 10];
        Arrays.fill(large, (byte) 0x7f);
        return List.of(
                Named.of("frame", RawPeer.bytes(new Frame(Operation.ALL_GATHER, 0, Long.MAX_VALUE, 0, 0))),
                Named.of("large numbers", large),
                Named.of("zeros", new byte[64 << 10]),
                Named.of(
                        "HTTP",
                        "GET /metrics HTTP/1.1\r\nHost: rank0\r\nContent-Length: 99999999999\r\n\r\n"
                                .repeat(3)
                                .getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @MethodSource("firstBytes")
    void claimsOfHugeLengthsAreClosedWithinASecond(byte[] first) throws Exception {
        Victim victim = new Victim();
        long begin = System.nanoTime();
        List<RawPeer> strangers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawPeer stranger = victim.stranger();
            strangers.add(stranger);
            try {
                stranger.send(first);
            } catch (IOException e) {
                // Turned away before it could say everything.
            }
        }
        for (RawPeer stranger : strangers) {
            stranger.awaitEnd();
            stranger.close();
        }
        assertSince(begin);
        victim.assertMemoryIsBounded();
        victim.assertUnharmed();
    }

    /** Strangers that send the right bytes, but hardly any of them. */
    @Test
    void crowdThatDripsIsClosedWithinASecond() throws Exception {
        byte[] hello = hello();
        Victim victim = new Victim();
        List<FutureTask<Void>> ends = new ArrayList<>();
        List<RawPeer> crowd = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            RawPeer stranger = victim.stranger();
            crowd.add(stranger);
            ends.add(Ranks.start("stranger", () -> {
                stranger.awaitEnd();
                return null;
            }));
        }
        for (int sent = 0; !ends.stream().allMatch(FutureTask::isDone); sent++) {
            assertSince(begin);
            assertThat(sent).isLessThan(hello.length - 1);
            for (RawPeer stranger : crowd) {
                drip(stranger, hello[sent]);
            }
            awaitQuietly(ends.get(ends.size() - 1), 100);
        }
        victim.assertMemoryIsBounded();
        for (RawPeer stranger : crowd) {
            stranger.close();
        }
        victim.assertUnharmed();
    }

    private static void drip(RawPeer stranger, byte value) {
        try {
            stranger.send(new byte[] {value});
        } catch (IOException e) {
            // Closed by now.
        }
    }

    private static void awaitQuietly(FutureTask<Void> task, long millis) throws Exception {
        try {
            task.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Not yet.
        }
    }

    /** Each comes again as soon as it is turned away. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void crowdThatComesAgainAndAgainKeepsNobodyOut(int crowd) throws Exception {
        byte[] hello = hello();
        Victim victim = new Victim();
        AtomicBoolean over = new AtomicBoolean();
        List<FutureTask<Integer>> strangers = new ArrayList<>();
        for (int i = 0; i < crowd; i++) {
            strangers.add(Ranks.start("stranger", () -> {
                int tries = 0;
                while (!over.get()) {
                    try (RawPeer stranger = victim.stranger()) {
                        tries++;
                        stranger.send(Arrays.copyOf(hello, hello.length / 2));
                        stranger.awaitEnd();
                    } catch (IOException e) {
                        // The port is closed.
                        return tries;
                    }
                }
                return tries;
            }));
        }
        long begin = System.nanoTime();
        victim.assertUnharmed();
        over.set(true);
        assertSince(begin);
        int tries = 0;
        for (FutureTask<Integer> stranger : strangers) {
            tries += stranger.get();
        }
        assertThat(tries).isPositive();
    }

    static List<Collective> collectives() {
        return Collective.all();
    }

    /** A peer that has proved itself, and then announces what no memory could hold. */
    @ParameterizedTest
    @MethodSource("collectives")
    void hugeLengthsInEveryCollectiveAreRefusedWithinASecond(Collective collective) throws Exception {
        byte[] recording = recordingOf(PLAIN, collective, 1, 0);
        Frame frame = Frame.decode(
                ByteBuffer.wrap(recording).order(ByteOrder.LITTLE_ENDIAN).position(DIALLED), 1);
        for (long length : new long[] {(1L << 30) + 1, 1L << 40, Long.MAX_VALUE}) {
            List<PeerListener> listeners = Ranks.listeners(2);
            FutureTask<Object> rank0 = Ranks.start("rank 0", () -> {
                try (Communicator communicator = listeners.get(0).connect(Ranks.group(listeners, 0, PLAIN))) {
                    return collective.call().on(communicator, 0);
                }
            });
            listeners.get(1).close();
            try (RawPeer peer = RawPeer.join(Ranks.group(listeners, 1, PLAIN), 0)) {
                long begin = System.nanoTime();
                peer.send(new Frame(frame.operation(), frame.sequence(), length, frame.argument(), frame.count()));
                CommunicationException e = Ranks.outcome(rank0).communicationFailure();
                assertSince(begin);
                assertThat(e.kind()).isEqualTo(Kind.PROTOCOL);
                assertThat(e.peer()).hasValue(1);
                assertThat(e).hasMessageContaining("announced ").hasMessageContaining(" " + length + " bytes");
            }
        }
    }
}
