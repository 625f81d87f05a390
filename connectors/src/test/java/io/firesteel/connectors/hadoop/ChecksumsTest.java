package io.firesteel.connectors.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The sums are those of {@code printf abc | sha256sum} and {@code printf '' | sha256sum}. */
class ChecksumsTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void bytesAreTheLinesOfSha256sumByName() {
        Checksums checksums =
                Checksums.of(List.of(new StoredFile("weights", 3, ABC), new StoredFile("a file", 0, EMPTY)));
        assertThat(checksums.toBytes()).asString(UTF_8).isEqualTo(EMPTY + "  a file\n" + ABC + "  weights\n");
        assertThat(Checksums.parse(checksums.toBytes())).isEqualTo(checksums);
    }

    @Test
    void otherLinesAreRefused() {
        assertThatThrownBy(() -> Checksums.parse("abc  f\n".getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid line: abc  f (must be 64 hexadecimal digits, two spaces, a name)");
    }

    @Test
    void directoryWithoutFilesHasNone() {
        assertThatThrownBy(() -> new Checksums(new TreeMap<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid checksums: none (must name at least one file)");
    }

    @Test
    void nameWithALineBreakIsRefused() {
        assertThatThrownBy(() -> Checksums.of(List.of(new StoredFile("a\nb", 3, ABC))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid checksum: " + ABC + "  a\nb (must be 64 hexadecimal digits and a file name)");
    }

    @Test
    void storedFileChecksItsParts() {
        assertThatThrownBy(() -> new StoredFile(" ", 3, ABC)).hasMessage("Invalid name: blank (must name a file)");
        assertThatThrownBy(() -> new StoredFile("f", -1, ABC)).hasMessage("Invalid bytes: -1 (must be 0 or more)");
        assertThatThrownBy(() -> new StoredFile("f", 3, "ABC"))
                .hasMessage("Invalid sha256: ABC (must be 64 lower-case hexadecimal digits)");
    }
}
