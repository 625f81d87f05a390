package io.firesteel.connectors.hadoop;

import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.checkpoint.CheckpointStoreContract;

/** On S3. */
class HadoopCheckpointStoreOnS3Test extends CheckpointStoreContract {
    private final CheckpointStore store = new HadoopCheckpointStore(Storage.S3A.emptyDirectory());

    @Override
    protected CheckpointStore store() {
        return store;
    }
}
