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
                .isThrownBy(() -> StateBytes.unwrap("loss", bytes))
                .withMessageMatching("Cannot read state of metric loss: damaged bytes, by their checksum"
                        + " \\([0-9a-f]{8}, expected [0-9a-f]{8}\\)");
    }

    @Test
    void missingAndLeftOverNumbersAreRefused() {
        StateInput input = new StateInput("loss", StateBytes.unwrap("loss", BYTES));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> input.readDoubles(2))
                .withMessage("Cannot read state of metric loss: too few bytes (8, expected 16)");
        assertThatIllegalArgumentException()
                .isThrownBy(input::end)
                .withMessage("Cannot read state of metric loss: bytes left over (8, expected 0)");
    }

    @Test
    void hugeCountIsRefusedBeforeMemoryIsTaken() {
        ByteBuffer payload = ByteBuffer.allocate(12).putInt(Integer.MAX_VALUE).rewind();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StateInput("loss", payload).readCount(8))
                .withMessage("Cannot read state of metric loss: bad number of elements (2147483647, expected 0 to 1)");
    }

    /** Bytes with a valid checksum can still be nonsense: these have an empty name. */
    @Test
    void badNameLengthIsRefused() {
        byte[] bytes = StateBytes.wrap("", ByteBuffer.allocate(8));
        assertRefused(bytes, "bad length of the name (0, expected 1 to 8)");
    }

    private static void assertRefused(byte[] bytes, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateBytes.unwrap("loss", Arrays.copyOf(bytes, bytes.length)))
                .withMessage("Cannot read state of metric loss: " + why);
    }
}
