package io.firesteel.engine.train;

import io.firesteel.engine.data.ShardStore;

/**
 * A shard that this replica hosts. Who opened the stores closes this.
 *
 * @param number the shard's number among all shards
 * @param training rows to train with
 * @param validation rows to validate with
 */
public record HostedShard(int number, ShardStore training, ShardStore validation) implements AutoCloseable {
    @Override
    public void close() {
        try (training;
                validation) {
            // Both are closed, even if closing one fails.
        }
    }
}
