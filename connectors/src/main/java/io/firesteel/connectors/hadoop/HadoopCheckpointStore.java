package io.firesteel.connectors.hadoop;

import io.firesteel.engine.checkpoint.CheckpointException;
import io.firesteel.engine.checkpoint.CheckpointStore;

/** Checkpoints as files of one directory; a location is a file's full URI. */
public final class HadoopCheckpointStore implements CheckpointStore {
    private final ArtifactDirectory directory;

    /** @param directory need not exist */
    public HadoopCheckpointStore(ArtifactDirectory directory) {
        this.directory = directory;
    }

    @Override
    public String write(String name, byte[] content) {
        try {
            directory.write(name, content);
            return directory.child(name).uri();
        } catch (ArtifactException e) {
            throw new CheckpointException("Cannot save checkpoint: " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] read(String location) {
        try {
            return directory.sibling(location).readAll();
        } catch (ArtifactException e) {
            throw new CheckpointException("Cannot load checkpoint: " + e.getMessage(), e);
        }
    }

    @Override
    public void delete(String location) {
        try {
            directory.sibling(location).delete();
        } catch (ArtifactException e) {
            throw new CheckpointException("Cannot delete checkpoint: " + e.getMessage(), e);
        }
    }
}
