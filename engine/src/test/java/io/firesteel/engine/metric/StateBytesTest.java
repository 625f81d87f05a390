package io.firesteel.engine.metric;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StateBytesTest {
    private static final byte[] BYTES = StateBytes.wrap("loss", ByteBuffer.allocate(8));

    @Test
    void tooFewBytesAreRefused() {
        assertRefused(new byte[9], "too few bytes (9, expected at least 10)");
    }

    @Test
    void otherKindsOfBytesAreRefused() {
        assertRefused(new byte[30], "not a metric state (00000000, expected 46534d53)");
    }

    @Test
    void damageIsSeenByTheChecksum() {
        byte[] bytes = BYTES.clone();
        bytes[12] = 1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateBytes.unwrap("loss", 8, bytes))
                .withMessageMatching("Cannot read state of metric loss: damaged bytes, by their checksum"
                        + " \\([0-9a-f]{8}, expected [0-9a-f]{8}\\)");
    }

    @Test
    void otherPayloadSizeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateBytes.unwrap("loss", 9, BYTES))
                .withMessage("Cannot read state of metric loss: other payload size (8, expected 9)");
    }

    /** Bytes with a valid checksum can still be nonsense: these have an empty name. */
    @Test
    void badNameLengthIsRefused() {
        byte[] bytes = StateBytes.wrap("", ByteBuffer.allocate(8));
        assertRefused(bytes, "bad length of the name (0, expected 1 to 8)");
    }

    private static void assertRefused(byte[] bytes, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateBytes.unwrap("loss", 8, Arrays.copyOf(bytes, bytes.length)))
                .withMessage("Cannot read state of metric loss: " + why);
    }
}
