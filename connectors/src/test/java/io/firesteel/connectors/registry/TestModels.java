package io.firesteel.connectors.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.engine.registry.DataSnapshot;
import io.firesteel.engine.registry.Lineage;
import io.firesteel.engine.registry.NewVersion;
import io.firesteel.engine.registry.SnapshotFile;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Small models as runs leave them. */
final class TestModels {
    static final String SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private TestModels() {}

    /** Writes a model's files; each weight tells the run. */
    static NewVersion of(String runId, ArtifactDirectory runs) {
        ArtifactDirectory model = runs.child(runId).child("model");
        model.write("model.yaml", ("model: " + runId).getBytes(UTF_8));
        model.write("weights.safetensors", weights(runId));
        return NewVersion.of(lineage(runId), Map.of("validation.auc", 0.75, "loss", Double.NaN), model.uri(), "nightly")
                .withDocument("statistics.json", "{\"rows\": 3}");
    }

    static byte[] weights(String runId) {
        return (runId + "\n").repeat(20_000).getBytes(UTF_8);
    }

    static Lineage lineage(String runId) {
        return new Lineage(
                runId,
                Optional.of(LocalDate.of(2016, 3, 1)),
                List.of(
                        new DataSnapshot(
                                "hdfs://n/data",
                                Optional.empty(),
                                List.of(new SnapshotFile("a.csv", 12, Instant.parse("2016-02-29T23:00:00Z")))),
                        new DataSnapshot("table", Optional.of("7"), List.of())),
                new TreeMap<>(Map.of("train", 1438L, "validation", 359L)),
                Optional.of("00ff"),
                "0.1.0",
                SHA256,
                OptionalInt.of(1));
    }
}
