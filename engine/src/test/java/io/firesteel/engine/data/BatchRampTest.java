package io.firesteel.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.data.BatchRamp.Shape;
import io.firesteel.engine.event.Position;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchRampTest {
    @Test
    void sizesAreThoseOfTheFormula() {
        assertThat(sizes(BatchRamp.linear(16, 3), 64, 5)).containsExactly(16, 32, 48, 64, 64);
        assertThat(sizes(new BatchRamp(32, 3, 1, Shape.EXPONENTIAL), 256, 5)).containsExactly(32, 64, 128, 256, 256);
        assertThat(sizes(new BatchRamp(10, 4, 2, Shape.LINEAR), 30, 6)).containsExactly(10, 10, 20, 20, 30, 30);
        assertThat(sizes(new BatchRamp(10, 3, 2, Shape.LINEAR), 30, 6)).containsExactly(10, 10, 23, 23, 30, 30);
        assertThat(sizes(BatchRamp.linear(1, 1), 1000, 3)).containsExactly(1, 1000, 1000);
    }

    private static List<Integer> sizes(BatchRamp ramp, int full, int epochs) {
        return IntStream.rangeClosed(1, epochs)
                .map(epoch -> ramp.size(epoch, full))
                .boxed()
                .toList();
    }

    @Test
    void sizesNeverShrinkAndEndAtTheFullOne() {
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            int full = 2 + random.nextInt(5000);
            BatchRamp ramp = new BatchRamp(
                    1 + random.nextInt(full - 1),
                    1 + random.nextInt(20),
                    1 + random.nextInt(5),
                    random.nextBoolean() ? Shape.LINEAR : Shape.EXPONENTIAL);
            List<Integer> sizes = sizes(ramp, full, 30);
            assertThat(sizes).isSorted().startsWith(ramp.start()).endsWith(full);
        }
    }

    @Test
    void everyEpochUsesEveryRowOnceInItsOwnBatches() {
        Random random = new Random(6);
        for (int round = 0; round < 20; round++) {
            long[] rows = random.longs(1 + random.nextInt(4), 0, 200).toArray();
            rows[0]++;
            int full = 2 + random.nextInt(100);
            BatchRamp ramp = BatchRamp.linear(1 + random.nextInt(full - 1), 3);
            List<ShardStore> stores = IntStream.range(0, rows.length)
                    .mapToObj(shard -> TestingShards.inMemory(shard, rows[shard]))
                    .toList();
            Ledger all = stores.stream().map(ShardStore::ledger).reduce(Ledger.EMPTY, Ledger::merge);
            List<Integer> numbers = IntStream.range(0, rows.length).boxed().toList();
            BatchSchedules schedules = new BatchSchedules(full, Optional.of(ramp), rows);
            try (StepBatches batches = StepBatches.shuffled(stores, numbers, schedules, 17, BatchAssembly.AHEAD)) {
                for (int epoch = 1; epoch <= 5; epoch++) {
                    assertThat(used(batches, epoch, ramp.size(epoch, full))).isEqualTo(all);
                }
            } finally {
                stores.forEach(ShardStore::close);
            }
        }
    }

    /** Checks that all steps but the last have so many rows. */
    private static Ledger used(StepBatches batches, int epoch, int size) {
        long length = batches.length(epoch).orElseThrow();
        Ledger ledger = Ledger.EMPTY;
        try (StepIterator steps = batches.open(new Position(epoch, 0))) {
            for (long step = 0; step < length; step++) {
                StepBatch batch = steps.next();
                assertThat(batch.rows()).isBetween(1, size);
                assertThat(step == length - 1 || batch.rows() == size).isTrue();
                ledger = ledger.merge(batch.ledger());
            }
            assertThat(steps.hasNext()).isFalse();
        }
        return ledger;
    }

    @Test
    void withoutARampAllEpochsHaveOneSchedule() {
        BatchSchedules schedules = new BatchSchedules(7, Optional.empty(), 20, 5);
        assertThat(LongStream.range(1, 5).mapToObj(schedules::of).distinct())
                .singleElement()
                .satisfies(schedule -> assertThat(schedule.batchSize()).isEqualTo(7));
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> BatchRamp.linear(0, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid start: 0 (must be >= 1)");
        assertThatThrownBy(() -> BatchRamp.linear(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid epochs: 0 (must be >= 1)");
        assertThatThrownBy(() -> new BatchRamp(1, 1, 0, Shape.LINEAR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid every: 0 (must be >= 1)");
    }
}
