package io.firesteel.spark.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageSizeTest {
    @ParameterizedTest
    @CsvSource({
        "4, 4, 4B",
        "1000B, 1000, 1000B",
        "1KB, 1024, 1KB",
        "1kb, 1024, 1KB",
        "' 100KB ', 102400, 100KB",
        "10MB, 10485760, 10MB",
        "1536KB, 1572864, 1536KB",
        "1GB, 1073741824, 1024MB"
    })
    void unitsArePowersOf1024(String written, int bytes, String shown) {
        MessageSize size = MessageSize.parse(written);
        assertThat(size.bytes()).isEqualTo(bytes);
        assertThat(size.floats()).isEqualTo(bytes / 4);
        assertThat(size).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource({"''", "KB", "1.5MB", "-4", "1 TB", "99999999999", "1KiB"})
    void textThatIsNoSizeIsRefused(String written) {
        assertThatThrownBy(() -> MessageSize.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid size: " + written + " (must be like 100KB or 10MB)");
    }

    @ParameterizedTest
    @CsvSource({"0", "2", "6B", "2GB", "9999999999GB"})
    void sizeOutOfRangeIsRefused(String written) {
        assertThatThrownBy(() -> MessageSize.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid size: " + written + " (must be a multiple of 4 bytes, from 4 bytes to 1 GB)");
    }

    @Test
    void sizeMadeOfANumberIsCheckedToo() {
        assertThatThrownBy(() -> new MessageSize(3))
                .hasMessage("Invalid size: 3 (must be a multiple of 4 bytes, from 4 bytes to 1 GB)");
    }
}
