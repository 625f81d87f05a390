package io.firesteel.spark.predict;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.engine.data.DataException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Where a trained model is: its directory, the directory of the run that trained it, or {@code REGISTRY@alias} and {@code
 * REGISTRY@number}.
 *
 * @param text as a user writes it: Hadoop paths or URIs
 */
public record ModelLocation(String text) {
    static final String DESCRIPTION = "model.yaml";
    static final String WEIGHTS = "weights.safetensors";

    private static final char VERSION_MARK = '@';

    public ModelLocation {
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "Invalid model: blank (must be a model's directory, a run's, or REGISTRY@alias)");
        }
    }

    /**
     * Finds the model.
     *
     * @param versions finds models in registries
     * @throws DataException if there is none
     * @throws io.firesteel.connectors.hadoop.ArtifactException if the file system can't be asked
     */
    public ModelFiles find(Configuration hadoop, VersionResolver versions) {
        ArtifactDirectory directory = ArtifactDirectory.of(text, hadoop);
        Optional<ModelFiles> there = in(directory);
        if (there.isPresent()) {
            return there.get();
        }
        int mark = text.lastIndexOf(VERSION_MARK);
        if (mark > text.lastIndexOf('/') && !directory.exists()) {
            return versions.resolve(text.substring(0, mark), text.substring(mark + 1), hadoop);
        }
        throw new DataException("Cannot load model " + text + ": "
                + (directory.exists()
                        ? "there is no " + DESCRIPTION + " in it, nor in its model/"
                        : "no such directory")
                + " (expected a model's directory, that of a run that has ended, or REGISTRY@alias)");
    }

    private static Optional<ModelFiles> in(ArtifactDirectory directory) {
        for (ArtifactDirectory candidate : new ArtifactDirectory[] {directory, directory.child("model")}) {
            if (candidate.child(DESCRIPTION).exists()) {
                Map<String, String> sha256 = candidate
                        .checksums()
                        .<Map<String, String>>map(checksums -> checksums.sha256())
                        .orElse(Map.of());
                return Optional.of(new ModelFiles(candidate, sha256));
            }
        }
        return Optional.empty();
    }
}
