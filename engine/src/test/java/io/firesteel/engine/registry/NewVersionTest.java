package io.firesteel.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewVersionTest {
    private static final String SHA256 = "0".repeat(64);
    private static final Lineage LINEAGE = Lineage.of("r1", Map.of("train", 9L), "0.1.0", SHA256);

    @Test
    void documentsAndKeyAreAdded() {
        NewVersion version = NewVersion.of(LINEAGE, Map.of("validation.auc", 0.8), "file:/run/model", "nightly")
                .withDocument("statistics.json", "{}")
                .withKey("2016-03-01/register");
        assertThat(version.documents()).containsExactly(Map.entry("statistics.json", "{}"));
        assertThat(version.key()).contains("2016-03-01/register");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "../a", ".hidden", "version.json", ""})
    void documentIsNoPathAndNoFileOfTheRegistry(String name) {
        NewVersion version = NewVersion.of(LINEAGE, Map.of(), "file:/run/model", "nightly");
        assertThatThrownBy(() -> version.withDocument(name, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid name of a document: " + name
                        + " (must be letters, digits, dots, hyphens and underscores, and not version.json)");
    }

    @Test
    void modelAndReasonAreNeeded() {
        assertThatThrownBy(() -> NewVersion.of(LINEAGE, Map.of(), " ", "nightly"))
                .hasMessage("Invalid new version: model \" \", reason \"nightly\" (neither may be blank)");
    }

    @Test
    void lineageNamesItsRunAndJob() {
        assertThatThrownBy(() -> Lineage.of("", Map.of(), "0.1.0", SHA256))
                .hasMessage("Invalid lineage: run \"\" of code \"0.1.0\" (neither may be blank)");
        assertThatThrownBy(() -> Lineage.of("r1", Map.of(), "0.1.0", "abc"))
                .hasMessage("Invalid SHA-256 of a job: abc (must be 64 lower-case hexadecimal digits)");
    }

    @Test
    void dataHaveTheBytesOfTheirFiles() {
        SnapshotFile file = new SnapshotFile("a.csv", 3, Instant.EPOCH);
        assertThat(new DataSnapshot("file:/data", Optional.empty(), List.of(file, file)).bytes())
                .isEqualTo(6);
        assertThatThrownBy(() -> new SnapshotFile("a.csv", -1, Instant.EPOCH))
                .hasMessage("Invalid length of a.csv: -1 (must be 0 or more)");
        assertThatThrownBy(() -> new SnapshotFile("", 1, Instant.EPOCH))
                .hasMessage("Invalid path of a data file: blank (must name it)");
        assertThatThrownBy(() -> new DataSnapshot("", Optional.empty(), List.of()))
                .hasMessage("Invalid location of data: blank (must name it)");
    }
}
