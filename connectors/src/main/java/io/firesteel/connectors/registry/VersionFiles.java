package io.firesteel.connectors.registry;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.Checksums;
import io.firesteel.engine.registry.ModelVersion;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a version, which is whole: {@code model/…}, {@code version.json} and its documents. What is read here has the
 * checksum with which it was sealed, or ends in an {@link io.firesteel.connectors.hadoop.ArtifactException}.
 *
 * @param version whose they are
 * @param directory where they are
 * @param checksums of all of them, by their names in the directory
 */
public record VersionFiles(ModelVersion version, ArtifactDirectory directory, Checksums checksums) {
    private static final String MODEL = "model/";

    /** Their names, sorted. */
    public List<String> names() {
        return List.copyOf(checksums.sha256().keySet());
    }

    /** Whether there is one of this name. */
    public boolean has(String name) {
        return checksums.sha256().containsKey(name);
    }

    /**
     * The content of one.
     *
     * @param name for example {@code model/model.yaml}
     */
    public byte[] readAll(String name) {
        return directory.readVerified(name, sha256(name));
    }

    /** One as a stream, for its caller to close; who reads to its end gets an exception there if it was damaged. */
    public InputStream open(String name) {
        return directory.openVerified(name, sha256(name));
    }

    /** The model's directory, as a run has one too. */
    public ArtifactDirectory model() {
        return directory.child("model");
    }

    /** The checksums of the model's files, by their names in {@link #model}. */
    public SortedMap<String, String> modelChecksums() {
        SortedMap<String, String> ofModel = new TreeMap<>();
        for (Map.Entry<String, String> file : checksums.sha256().entrySet()) {
            if (file.getKey().startsWith(MODEL)) {
                ofModel.put(file.getKey().substring(MODEL.length()), file.getValue());
            }
        }
        return ofModel;
    }

    /** Reads all of them, to find out whether one is damaged. */
    public void verify() {
        names().forEach(name -> directory.verify(name, sha256(name)));
    }

    private String sha256(String name) {
        String sum = checksums.sha256().get(name);
        if (sum == null) {
            throw new IllegalArgumentException("Cannot read " + name + " of version " + version.number()
                    + ": it has no such file (expected one of " + String.join(", ", names()) + ")");
        }
        return sum;
    }
}
