package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.engine.metric.set.MetricSet;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateMergerTest {
    private static final float HUGE = 0x1p60f;
    private static final MetricSet LOSS = MetricSet.of("loss");

    @Test
    void statesMergeInTheOrderOfTheShardsHoweverTheyArrive() {
        // The order of addition shows: (2^60 + 1) - 2^60 is 0 in double, (2^60 - 2^60) + 1 is 1.
        List<ShardStates> shards =
                List.of(lossState(0, HUGE, 1), lossState(1, 1, 1), lossState(2, -HUGE, 1), lossState(3, 3, 1));
        byte[] expected = StateMerger.of(LOSS).merge(shards).get("loss");
        assertThat(lossOf(expected)).isEqualTo(3.0 / 4);
        Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            List<ShardStates> shuffled = new ArrayList<>(shards);
            Collections.shuffle(shuffled, random);
            assertThat(StateMerger.of(LOSS).merge(shuffled).get("loss")).isEqualTo(expected);
        }
    }

    @Test
    void ledgersAddUp() {
        Map<String, byte[]> merged = StateMerger.of(LOSS)
                .merge(List.of(ledgerState(1, new Ledger(3, 7)), ledgerState(0, new Ledger(4, -9))));
        MergedMetrics metrics = MergedMetrics.of(MetricSet.of(), merged);
        assertThat(metrics.ledger()).isEqualTo(new Ledger(7, -2));
        assertThat(metrics.values()).isEmpty();
    }

    @Test
    void stateOfASingleShardStaysAsItIs() {
        ShardStates only = lossState(5, 2.5f, 3);
        Map<String, byte[]> merged = StateMerger.of(LOSS).merge(List.of(only));
        assertThat(merged.get("loss")).isEqualTo(only.states().get("loss"));
        assertThat(merged).containsOnlyKeys("loss");
    }

    @Test
    void valuesThatAreThereNoMoreAreTakenAway() {
        MergedMetrics merged = new MergedMetrics(Ledger.EMPTY, Map.of("loss", 1.0), Map.of());
        Map<String, Double> target = new HashMap<>(
                Map.of("train.loss[0]", 2.0, "train.loss.x", 2.0, "train.losses", 3.0, "validation.loss[0]", 4.0));
        merged.writeTo(target, "train.", LOSS);
        assertThat(target)
                .containsOnly(entry("train.loss", 1.0), entry("train.losses", 3.0), entry("validation.loss[0]", 4.0));
    }

    @Test
    void nothingMergesToNothing() {
        assertThat(StateMerger.of(LOSS).merge(List.of())).isEmpty();
    }

    @Test
    void unknownStateIsNamed() {
        List<ShardStates> shards = List.of(
                new ShardStates(0, Map.of("rmse", new byte[1])), new ShardStates(1, Map.of("rmse", new byte[1])));
        assertThatThrownBy(() -> StateMerger.of(LOSS).merge(shards))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("Cannot merge state rmse: no such state \\(expected one of \\[(ledger, loss|loss,"
                        + " ledger)]\\)");
    }

    @Test
    void damagedStateIsRefused() {
        byte[] damaged = lossState(1, 1, 1).states().get("loss").clone();
        damaged[damaged.length / 2] ^= 1;
        List<ShardStates> shards = List.of(lossState(0, 1, 1), new ShardStates(1, Map.of("loss", damaged)));
        assertThatThrownBy(() -> StateMerger.of(LOSS).merge(shards))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot read state of metric loss: damaged bytes, by their checksum");
    }

    private static ShardStates lossState(int shard, float loss, int rows) {
        return new ShardStates(shard, Map.of("loss", bytes(Metrics.of("loss"), loss, rows)));
    }

    private static <S> byte[] bytes(Metric<S> metric, float loss, int rows) {
        S state = metric.zero();
        MetricInput input = new MetricInput().begin(rows);
        float[] losses = new float[rows];
        Arrays.fill(losses, loss);
        metric.update(state, input.losses(FloatBuffer.wrap(losses)));
        return metric.toBytes(state);
    }

    private static ShardStates ledgerState(int shard, Ledger ledger) {
        return new ShardStates(shard, Map.of(MergedMetrics.LEDGER, MergedMetrics.toBytes(ledger)));
    }

    private static double lossOf(byte[] state) {
        Map<String, byte[]> states = Map.of("loss", state, MergedMetrics.LEDGER, MergedMetrics.toBytes(Ledger.EMPTY));
        return MergedMetrics.of(LOSS, states).values().get("loss");
    }
}
