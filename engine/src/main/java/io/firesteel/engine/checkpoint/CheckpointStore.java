package io.firesteel.engine.checkpoint;

/** Where checkpoints are kept: the port that connectors implement. One rank writes, deletes and reads. */
public interface CheckpointStore {
    /**
     * Writes a checkpoint: whole, or not at all.
     *
     * @param name a file name, unique in the run
     * @return where it is, for {@link #read}
     * @throws CheckpointException if it can't be written
     */
    String write(String name, byte[] content);

    /**
     * Reads a checkpoint.
     *
     * @param location what {@link #write} has answered
     * @throws CheckpointException if it can't be read
     */
    byte[] read(String location);

    /**
     * Deletes a checkpoint; one that is gone already is no error.
     *
     * @throws CheckpointException if it can't be deleted
     */
    void delete(String location);

    /** A store for runs that save no checkpoints: every call fails. */
    static CheckpointStore none() {
        return new NoCheckpointStore();
    }
}
