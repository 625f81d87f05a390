package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the faulty network does to bytes what it says, and nothing else: the ranks here are plain sockets. */
@Timeout(30)
final class FaultyNetworkTest {
    private static final byte[] SENT = new byte[5000];
    /** Long enough to see that nothing comes. */
    private static final long A_WHILE_MILLIS = 100;

    static {
        new Random(1).nextBytes(SENT);
    }

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<ServerSocketChannel> servers = new ArrayList<>();
    private FaultyNetwork network;

    @BeforeEach
    void open() throws Exception {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int rank = 0; rank < 3; rank++) {
            ServerSocketChannel server =
                    ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            opened.add(server);
            servers.add(server);
            addresses.add((InetSocketAddress) server.getLocalAddress());
        }
        network = FaultyNetwork.between(addresses, 3);
        opened.add(network);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    /** The two ends of a connection from rank 1 to rank 0. */
    private record Ends(SocketChannel dialler, SocketChannel acceptor) {}

    private SocketChannel dial(int dialler, int acceptor) throws IOException {
        SocketChannel channel =
                SocketChannel.open(network.members(dialler).get(acceptor).address());
        opened.add(channel);
        return channel;
    }

    private SocketChannel accept(int rank) throws IOException {
        SocketChannel channel = servers.get(rank).accept();
        opened.add(channel);
        return channel;
    }

    private Ends ends() throws IOException {
        return new Ends(dial(1, 0), accept(0));
    }

    private static void send(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** So many bytes, or all until the end. */
    private static byte[] receive(SocketChannel channel, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            Thread.onSpinWait();
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static void assertNothingComes(SocketChannel channel) {
        FutureTask<Integer> read = Ranks.start("reader", () -> channel.read(ByteBuffer.allocate(1)));
        assertThatThrownBy(() -> read.get(A_WHILE_MILLIS, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
    }

    private byte[] forwardWith(Mishap... mishaps) throws IOException {
        for (Mishap mishap : mishaps) {
            network.plan(1, 0, mishap);
        }
        Ends ends = ends();
        send(ends.dialler, SENT);
        ends.dialler.shutdownOutput();
        return receive(ends.acceptor, 2 * SENT.length);
    }

    @Test
    void bytesAndEndsGoThroughBothWays() throws Exception {
        Ends ends = ends();
        send(ends.acceptor, SENT);
        assertThat(receive(ends.dialler, SENT.length)).isEqualTo(SENT);
        send(ends.dialler, SENT);
        ends.dialler.shutdownOutput();
        assertThat(receive(ends.acceptor, 2 * SENT.length)).isEqualTo(SENT);
        send(ends.acceptor, new byte[] {1});
        ends.acceptor.close();
        assertThat(receive(ends.dialler, 2)).containsExactly(1);
        assertThat(network.traffic(0, 1).bytes()).isEqualTo(SENT.length + 1);
        assertThat(network.traffic(1, 0).recording()).isEqualTo(SENT);
        assertThat(network.traffic(1, 0).hasStruck()).isFalse();
    }

    @Test
    void piecesDelaysAndThrottlesChangeNoByte() throws Exception {
        assertThat(forwardWith(Mishap.pieces(3), Mishap.delay(Duration.ofNanos(30_000))))
                .isEqualTo(SENT);
    }

    @Test
    void throttledBytesTakeTheirTime() throws Exception {
        long begin = System.nanoTime();
        assertThat(forwardWith(Mishap.throttle(50))).isEqualTo(SENT);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(95));
    }

    @Test
    void flippedBitIsTheOnlyDifference() throws Exception {
        byte[] expected = SENT.clone();
        expected[1234] ^= 1 << 5;
        assertThat(forwardWith(Mishap.flipAt(1234, 5))).isEqualTo(expected);
        assertThat(network.traffic(1, 0).hasStruck()).isTrue();
    }

    @Test
    void droppedBytesAreMissing() throws Exception {
        byte[] received = forwardWith(Mishap.dropAt(10, 4990 - 10));
        assertThat(received).hasSize(20).startsWith(Arrays.copyOf(SENT, 10));
        assertThat(received).endsWith(Arrays.copyOfRange(SENT, 4990, 5000));
    }

    @Test
    void endComesAfterExactlyTheBytesBeforeIt() throws Exception {
        assertThat(forwardWith(Mishap.endAt(777))).isEqualTo(Arrays.copyOf(SENT, 777));
    }

    @Test
    void cutResetsBothEnds() throws Exception {
        network.plan(1, 0, Mishap.cutAt(100));
        Ends ends = ends();
        send(ends.dialler, SENT);
        assertThatThrownBy(() -> receive(ends.acceptor, 200)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> receive(ends.dialler, 1)).isInstanceOf(IOException.class);
    }

    @Test
    void stalledDirectionTellsNothingWhileTheOtherGoesOn() throws Exception {
        network.plan(1, 0, Mishap.stallAt(5));
        Ends ends = ends();
        send(ends.dialler, SENT);
        assertThat(receive(ends.acceptor, 5)).isEqualTo(Arrays.copyOf(SENT, 5));
        send(ends.acceptor, SENT);
        assertThat(receive(ends.dialler, SENT.length)).isEqualTo(SENT);
        ends.dialler.close();
        assertNothingComes(ends.acceptor);
    }

    @Test
    void isolatedRankIsSilentOnAllItsLinks() throws Exception {
        network.plan(1, 0, Mishap.isolateAt(0));
        Ends ends = ends();
        assertThat(receiveAfterStrike(ends)).isTrue();
        SocketChannel toOne = dial(2, 1);
        SocketChannel ofOne = accept(1);
        send(toOne, SENT);
        assertNothingComes(ofOne);
        SocketChannel toZero = dial(2, 0);
        send(toZero, SENT);
        assertThat(receive(accept(0), SENT.length)).isEqualTo(SENT);
    }

    private boolean receiveAfterStrike(Ends ends) {
        assertNothingComes(ends.acceptor);
        return network.traffic(1, 0).hasStruck();
    }

    @Test
    void mishapPlannedOnceSparesTheSecondConnection() throws Exception {
        network.planOnce(1, 0, Mishap.endAt(0));
        assertThat(receive(ends().acceptor, 1)).isEmpty();
        Ends second = ends();
        send(second.dialler, SENT);
        assertThat(receive(second.acceptor, SENT.length)).isEqualTo(SENT);
    }

    @Test
    void heldConnectionComesAfterTheOther() throws Exception {
        network.holdUntil(1, 0, 2, 0);
        send(dial(1, 0), new byte[] {1});
        send(dial(2, 0), new byte[] {2});
        assertThat(receive(accept(0), 1)).containsExactly(2);
        assertThat(receive(accept(0), 1)).containsExactly(1);
    }

    @Test
    void duplicateCarriesTheSameBytes() throws Exception {
        network.duplicate(1, 0);
        send(dial(1, 0), SENT);
        assertThat(receive(accept(0), SENT.length)).isEqualTo(SENT);
        assertThat(receive(accept(0), SENT.length)).isEqualTo(SENT);
    }

    @Test
    void cutOnDemandResets() throws Exception {
        Ends ends = ends();
        network.cut(0, 1);
        assertThatThrownBy(() -> receive(ends.acceptor, 1)).isInstanceOf(IOException.class);
    }
}
