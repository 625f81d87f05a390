package io.firesteel.spark.coordinator;

import io.firesteel.engine.data.Ledger;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All replicas of one attempt.
 *
 * @param members by rank
 * @param checkpoint where to go on from; empty for the beginning
 */
public record Membership(List<Member> members, String checkpoint) implements Serializable {
    public Membership {
        members = members.stream().sorted(Comparator.comparingInt(Member::rank)).toList();
    }

    /** All shards by number. */
    public List<Member.Shard> shards() {
        return members.stream()
                .flatMap(member -> member.shards().stream())
                .sorted(Comparator.comparingInt(Member.Shard::number))
                .toList();
    }

    /** Training rows of each shard, by its number. */
    public long[] trainingRows() {
        return rows(Member.Shard::training).toArray();
    }

    /** Validation rows of all shards. */
    public long validationRows() {
        return rows(Member.Shard::validation).sum();
    }

    /** What an epoch must use: the training rows of all shards. */
    public Ledger training() {
        return shards().stream().map(Member.Shard::training).reduce(Ledger.EMPTY, Ledger::merge);
    }

    private java.util.stream.LongStream rows(Function<Member.Shard, Ledger> part) {
        Stream<Ledger> ledgers = shards().stream().map(part);
        return ledgers.mapToLong(Ledger::rows);
    }
}
