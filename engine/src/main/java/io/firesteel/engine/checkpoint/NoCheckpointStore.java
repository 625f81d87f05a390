package io.firesteel.engine.checkpoint;

/** The store of runs that save no checkpoints. */
final class NoCheckpointStore implements CheckpointStore {
    @Override
    public String write(String name, byte[] content) {
        throw none("save " + name);
    }

    @Override
    public byte[] read(String location) {
        throw none("load " + location);
    }

    @Override
    public void delete(String location) {
        throw none("delete " + location);
    }

    private static CheckpointException none(String action) {
        return new CheckpointException("Cannot " + action + ": this run has no checkpoint store");
    }
}
