package io.firesteel.engine.checkpoint;

class InMemoryCheckpointStoreTest extends CheckpointStoreContract {
    private final CheckpointStore store = new InMemoryCheckpointStore();

    @Override
    protected CheckpointStore store() {
        return store;
    }
}
