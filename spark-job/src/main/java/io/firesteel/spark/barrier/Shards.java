package io.firesteel.spark.barrier;

import io.firesteel.engine.train.HostedShard;
import java.util.List;

/** The shards of a task, closed together. */
record Shards(List<HostedShard> hosted) implements AutoCloseable {
    @Override
    public void close() {
        hosted.forEach(HostedShard::close);
    }
}
