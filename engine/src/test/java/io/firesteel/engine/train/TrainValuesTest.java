package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.firesteel.engine.data.Ledger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The values that a run hands out. */
class TrainValuesTest {
    @Test
    void phasesAddUpInSecondsInTheirOrder() {
        PhaseTimes times = new PhaseTimes();
        times.add(Phase.FORWARD, 1_500_000_000);
        times.add(Phase.FORWARD, 500_000_000);
        times.add(Phase.CHECKPOINT, 250);
        assertThat(times.nanos(Phase.FORWARD)).isEqualTo(2_000_000_000);
        assertThat(times.nanos(Phase.DATA)).isZero();
        assertThat(times.seconds())
                .containsExactly(
                        entry("data", 0.0),
                        entry("forward", 2.0),
                        entry("backward", 0.0),
                        entry("reduce", 0.0),
                        entry("optimizer", 0.0),
                        entry("events", 0.0),
                        entry("metrics", 0.0),
                        entry("validation", 0.0),
                        entry("checkpoint", 2.5e-7));
    }

    @Test
    void endOfOnePhaseIsTheStartOfTheNext() {
        PhaseTimes times = new PhaseTimes();
        long start = System.nanoTime();
        long between = times.addSince(Phase.FORWARD, start);
        long end = times.addSince(Phase.BACKWARD, between);
        assertThat(times.nanos(Phase.FORWARD) + times.nanos(Phase.BACKWARD)).isEqualTo(end - start);
        assertThat(end).isLessThanOrEqualTo(System.nanoTime());
    }

    @Test
    void epochRecordKeepsACopyOfItsMetricsInTheirOrder() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("train.loss", 0.5);
        metrics.put("train.accuracy", 0.25);
        EpochRecord epoch = new EpochRecord(1, 12, 0.1, metrics, new Ledger(3, 4));
        metrics.put("train.loss", 9.0);
        assertThat(epoch.metrics()).containsExactly(entry("train.loss", 0.5), entry("train.accuracy", 0.25));
        assertThatThrownBy(() -> epoch.metrics().put("more", 1.0)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shardStatesKeepTheirOrderAndTakeNoMore() {
        Map<String, byte[]> states = new LinkedHashMap<>();
        states.put("loss", new byte[] {1});
        states.put("accuracy", new byte[] {2});
        ShardStates shard = new ShardStates(3, states);
        states.clear();
        assertThat(shard.states()).containsOnlyKeys("loss", "accuracy");
        assertThat(shard.states().keySet()).containsExactly("loss", "accuracy");
        assertThatThrownBy(() -> shard.states().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
