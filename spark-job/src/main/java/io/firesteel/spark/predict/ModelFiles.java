package io.firesteel.spark.predict;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import java.util.Map;

/**
 * The directory of a model and what is known of its files.
 *
 * @param directory with {@code model.yaml} and {@code weights.safetensors}
 * @param sha256 of files by name, in lower-case hexadecimal; those that aren't there aren't checked
 */
public record ModelFiles(ArtifactDirectory directory, Map<String, String> sha256) {
    public ModelFiles {
        sha256 = Map.copyOf(sha256);
    }

    /**
     * Reads a file.
     *
     * @throws io.firesteel.connectors.hadoop.ArtifactException if it can't be read, or its checksum is another
     */
    byte[] read(String name) {
        String expected = sha256.get(name);
        return expected == null ? directory.readAll(name) : directory.readVerified(name, expected);
    }
}
