package io.firesteel.connectors.hadoop;

import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.checkpoint.CheckpointStoreContract;

/** On HDFS. */
class HadoopCheckpointStoreOnHdfsTest extends CheckpointStoreContract {
    private final CheckpointStore store = new HadoopCheckpointStore(Storage.HDFS.emptyDirectory());

    @Override
    protected CheckpointStore store() {
        return store;
    }
}
