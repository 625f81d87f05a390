package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the values of the package accept and how they print. */
@Timeout(20)
final class CommValuesTest {
    private static final byte[] BYTES = "correct horse battery".getBytes(StandardCharsets.US_ASCII);

    private static Member member(int port) {
        return new Member("worker-" + port, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static Group group(String runId, int attempt, int rank, List<Member> members) {
        return new Group(runId, attempt, rank, members, Secret.of(BYTES), CommunicatorOptions.defaults());
    }

    @Test
    void secretIsNeverPrinted() {
        Group group = group("run", 0, 0, List.of(member(1)));
        assertThat(group.toString()).contains("Secret[hidden]").doesNotContain("horse");
        assertThat(Secret.of(BYTES).hashCode())
                .isEqualTo(Secret.of(new byte[BYTES.length]).hashCode());
    }

    @Test
    void secretIsComparedByContentAndCopied() {
        byte[] bytes = BYTES.clone();
        Secret secret = Secret.of(bytes);
        bytes[0]++;
        secret.bytes()[1]++;
        assertThat(secret).isEqualTo(Secret.of(BYTES)).isNotEqualTo(Secret.of(bytes));
        assertThat(Secret.random()).isNotEqualTo(Secret.random());
    }

    @Test
    void shortSecretIsRefused() {
        assertThatThrownBy(() -> Secret.of(new byte[15]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid secret: 15 bytes (must be >= 16)");
    }

    @Test
    void memberIsCalledByHostPortAndAddress() {
        assertThat(member(7).endpoint()).isEqualTo("worker-7:7 [127.0.0.1]");
        assertThat(new Member("127.0.0.1", member(7).address()).endpoint()).isEqualTo("127.0.0.1:7");
    }

    @Test
    void memberThatCannotBeDialledIsRefused() {
        assertThatThrownBy(() -> Member.of(InetSocketAddress.createUnresolved("nowhere", 5)))
                .hasMessageStartingWith("Invalid address of a member: nowhere")
                .hasMessageEndingWith(" (must be resolved, with a port > 0)");
        assertThatThrownBy(() -> member(0)).hasMessageStartingWith("Invalid address of a member");
        assertThatThrownBy(() -> new Member(" ", member(1).address()))
                .hasMessage("Invalid host of a member: blank (must be a name or an address)");
    }

    @Test
    void groupThatMakesNoSenseIsRefused() {
        List<Member> two = List.of(member(1), member(2));
        assertThatThrownBy(() -> group(" ", 0, 0, two))
                .hasMessage("Invalid run id of a group: blank (must name the run)");
        assertThatThrownBy(() -> group("run", -1, 0, two)).hasMessage("Invalid attempt of a group: -1 (must be >= 0)");
        assertThatThrownBy(() -> group("run", 0, 2, two))
                .hasMessage("Invalid rank of a group: 2 (must be in [0, 2), the number of members)");
        assertThatThrownBy(() -> group("run", 0, 0, List.of(member(1), member(1))))
                .hasMessage("Invalid members of a group: worker-1:1 [127.0.0.1] occurs twice (must differ by rank)");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> CommunicatorOptions.builder()
                        .optOperationDeadline(Duration.ZERO)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid operationDeadline: PT0S (must be > 0)");
        assertThatThrownBy(() -> CommunicatorOptions.builder()
                        .optSpin(Duration.ofNanos(-1))
                        .build())
                .hasMessage("Invalid spin: PT-0.000000001S (must be >= 0)");
        assertThatThrownBy(() -> CommunicatorOptions.builder().optChunkBytes(63).build())
                .hasMessage("Invalid chunkBytes: 63 (must be in [64, 67108864])");
        assertThatThrownBy(() -> CommunicatorOptions.builder().optChunkBytes(66).build())
                .hasMessage("Invalid chunkBytes: 66 (must be a multiple of 4)");
        assertThatThrownBy(() ->
                        CommunicatorOptions.builder().optMaxMessageBytes(7).build())
                .hasMessage("Invalid maxMessageBytes: 7 (must be in [8, 2147483639])");
    }

    @Test
    void strangersAreGoneInASecondAndConnectingEndsBeforeOperationsDo() {
        CommunicatorOptions options = CommunicatorOptions.defaults();
        assertThat(options.handshakeDeadline()).isLessThan(Duration.ofSeconds(1));
        assertThat(options.connectDeadline()).isLessThan(options.operationDeadline());
    }

    @Test
    void vectorsThatCannotBeSummedAreRefused() {
        Communicator communicator = Communicator.local();
        FloatBuffer good = Ranks.vector(2);
        assertThatThrownBy(() -> communicator.allReduceSum(List.of(good), FloatBuffer.allocate(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot sum result: it is a heap LITTLE_ENDIAN buffer"
                        + " (expected a direct one in native order, LITTLE_ENDIAN)");
        FloatBuffer swapped =
                ByteBuffer.allocateDirect(8).order(ByteOrder.BIG_ENDIAN).asFloatBuffer();
        assertThatThrownBy(() -> communicator.allReduceSum(List.of(good, swapped), Ranks.vector(2)))
                .hasMessageStartingWith("Cannot sum contribution 1: it is a direct BIG_ENDIAN buffer");
        assertThatThrownBy(() -> communicator.allReduceSum(List.of(good), Ranks.vector(3)))
                .hasMessage("Cannot sum contribution 0: its length differs from the result's"
                        + " (2 elements, expected 3)");
        assertThatThrownBy(() -> communicator.allReduceSum(List.of(good), good.asReadOnlyBuffer()))
                .hasMessage("Cannot sum into result: it is read-only (expected a writable buffer)");
    }

    @Test
    void closedLocalCommunicatorRefusesOperations() {
        Communicator communicator = Communicator.local();
        communicator.close();
        communicator.close();
        assertThatThrownBy(communicator::barrier)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot start barrier 0 on rank 0: the communicator is closed");
    }

    @Test
    void localCommunicatorIsAWorldOfOne() {
        try (Communicator communicator = Communicator.local()) {
            assertThat(communicator.rank()).isZero();
            assertThat(communicator.worldSize()).isEqualTo(1);
            assertThat(communicator.allReduceMax(-3)).isEqualTo(-3);
            assertThat(communicator.allGather(BYTES)).containsExactly(BYTES);
            assertThat(communicator.broadcast(BYTES, 0)).isEqualTo(BYTES);
            assertThatThrownBy(() -> communicator.broadcast(BYTES, 1))
                    .hasMessage("Cannot broadcast from rank 1: no such rank (expected in [0, 1))");
            assertThatThrownBy(() -> communicator.allReduceSum(List.of(), Ranks.vector(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no rank contributed one");
        }
    }

    @Test
    void frameIsReadAsItWasWritten() throws Exception {
        Frame frame = new Frame(Operation.BROADCAST, 1L << 40, 1L << 33, 5, 6);
        ByteBuffer bytes = ByteBuffer.wrap(RawPeer.bytes(frame)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(Frame.decode(bytes, 1)).isEqualTo(frame);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void frameLayoutStaysAsItIs() {
        assertThat(RawPeer.bytes(new Frame(Operation.ALL_REDUCE_SUM, 2, 3, 4, 6)))
                .hasSize(40)
                .startsWith(
                        0x02, 0x4D, 0x53, 0x46, 5, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0,
                        0, 0, 0, 0, 6, 0, 0, 0);
    }

    @Test
    void frameEndsWithTheChecksumOfItsOtherBytes() {
        byte[] header = RawPeer.bytes(new Frame(Operation.ALL_REDUCE_SUM, 2, 3, 4, 6));
        CRC32C checksum = new CRC32C();
        checksum.update(header, 0, 36);
        assertThat(ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(36))
                .isEqualTo((int) checksum.getValue());
    }

    @Test
    void everyChangedBitOfAFrameIsRefused() {
        byte[] header = RawPeer.bytes(new Frame(Operation.ALL_GATHER, 2, 3, 0, 0));
        for (int bit = 0; bit < header.length * Byte.SIZE; bit++) {
            byte[] changed = header.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            ByteBuffer source = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
            assertThatThrownBy(() -> Frame.decode(source, 1)).isInstanceOf(Fault.class);
        }
        header[16] = 2;
        assertThatThrownBy(() -> Frame.decode(ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN), 1))
                .hasMessageMatching(
                        "sent a header that changed on the way" + " \\(checksum [0-9a-f]{8}, expected [0-9a-f]{8}\\)");
    }
}
