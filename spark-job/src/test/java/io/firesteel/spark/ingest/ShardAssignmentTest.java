package io.firesteel.spark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardAssignmentTest {
    @Test
    void shardsAreHostedOnceInTheOrderOfRanksAndEvenly() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            int replicas = 1 + random.nextInt(40);
            int shards = replicas + random.nextInt(100);
            ShardAssignment assignment = new ShardAssignment(shards, replicas);
            List<Integer> all = new ArrayList<>();
            IntStream.range(0, replicas).forEach(replica -> all.addAll(assignment.shardsOf(replica)));
            assertThat(all)
                    .containsExactlyElementsOf(
                            IntStream.range(0, shards).boxed().toList());
            IntSummaryStatistics sizes = IntStream.range(0, replicas)
                    .map(replica -> assignment.shardsOf(replica).size())
                    .summaryStatistics();
            assertThat(sizes.getMax() - sizes.getMin()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void replicaOfAgreesWithShardsOf() {
        ShardAssignment assignment = new ShardAssignment(11, 4);
        for (int replica = 0; replica < 4; replica++) {
            int host = replica;
            assertThat(assignment.shardsOf(replica))
                    .isNotEmpty()
                    .allMatch(shard -> assignment.replicaOf(shard) == host);
        }
    }

    @Test
    void manyShardsDontOverflow() {
        ShardAssignment assignment = new ShardAssignment(2_000_000_000, 1000);
        assertThat(assignment.replicaOf(0)).isZero();
        assertThat(assignment.replicaOf(1_999_999_999)).isEqualTo(999);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "0, 0", "3, 0", "-1, 1"})
    void fewerShardsThanReplicasOrNoReplicaIsInvalid(int shards, int replicas) {
        assertThatThrownBy(() -> new ShardAssignment(shards, replicas))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid shards: " + shards + " for " + replicas
                        + " replicas (must be at least one per replica)");
    }
}
