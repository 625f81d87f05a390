package io.firesteel.spark.coordinator;

import io.firesteel.engine.data.Ledger;
import java.io.Serializable;
import java.util.List;

/**
 * One replica as the others need to know it.
 *
 * @param rank its number, the barrier task's partition
 * @param host the name of its machine
 * @param address the IP address where it listens
 * @param port the port where it listens
 * @param device on what it computes, for example {@code cpu} or {@code gpu(0)}
 * @param shards the shards that it hosts, in order
 */
public record Member(int rank, String host, String address, int port, String device, List<Shard> shards)
        implements Serializable {
    public Member {
        shards = List.copyOf(shards);
    }

    /**
     * The rows of one shard.
     *
     * @param number the shard's number
     * @param training rows to train with, and their hash
     * @param validation rows to validate with, and their hash
     */
    public record Shard(int number, Ledger training, Ledger validation) implements Serializable {}
}
