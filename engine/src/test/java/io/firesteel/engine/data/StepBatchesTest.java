package io.firesteel.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StepBatchesTest {
    private static final long SEED = 42;

    @TempDir
    Path directory;

    @Test
    void epochUsesEveryRowOnceHoweverShardsAreGrouped() {
        Random random = new Random(1);
        for (int round = 0; round < 20; round++) {
            long[] rows = random.longs(1 + random.nextInt(6), 0, 200).toArray();
            rows[0]++;
            BatchSchedule schedule = new BatchSchedule(1 + random.nextInt(100), rows);
            Ledger all = Ledger.EMPTY;
            for (int shard = 0; shard < rows.length; shard++) {
                try (ShardStore store = TestingShards.inMemory(shard, rows[shard])) {
                    all = all.merge(store.ledger());
                }
            }
            Map<String, List<Long>> alone = run(rows, schedule, singles(rows.length), 1, 0);
            assertThat(ledgerOf(alone)).isEqualTo(all);
            for (int grouping = 0; grouping < 3; grouping++) {
                List<List<Integer>> groups = randomGroups(rows.length, random);
                assertThat(run(rows, schedule, groups, 1, 0)).as("%s", groups).isEqualTo(alone);
            }
        }
    }

    @Test
    void everyStepHasExactlyTheBatchSizeOverAllReplicas() {
        long[] rows = {50, 31, 0, 1};
        BatchSchedule schedule = new BatchSchedule(16, rows);
        long[] perStep = new long[(int) schedule.steps()];
        run(rows, schedule, List.of(List.of(0, 2), List.of(1, 3)), 1, 0)
                .forEach((key, labels) -> perStep[Integer.parseInt(key.substring(0, 6))] += labels.size());
        assertThat(perStep).containsExactly(16, 16, 16, 16, 16, 2);
    }

    @Test
    void resumeAtAnyStepGivesTheStepsOfTheWholeEpoch() {
        long[] rows = {50, 31, 7};
        BatchSchedule schedule = new BatchSchedule(10, rows);
        List<List<Integer>> groups = List.of(List.of(0, 1, 2));
        Map<String, List<Long>> whole = run(rows, schedule, groups, 3, 0);
        for (long first = 0; first <= schedule.steps(); first++) {
            Map<String, List<Long>> rest = new TreeMap<>(whole);
            String begin = "%06d".formatted(first);
            rest.keySet().removeIf(key -> key.compareTo(begin) < 0);
            assertThat(run(rows, schedule, groups, 3, first)).isEqualTo(rest);
        }
    }

    @Test
    void epochsDifferInOrderAndAgreeInLedger() {
        long[] rows = {50, 31};
        BatchSchedule schedule = new BatchSchedule(10, rows);
        Map<String, List<Long>> first = run(rows, schedule, singles(2), 1, 0);
        Map<String, List<Long>> second = run(rows, schedule, singles(2), 2, 0);
        assertThat(second).isNotEqualTo(first);
        assertThat(ledgerOf(second)).isEqualTo(ledgerOf(first));
        assertThat(run(rows, schedule, singles(2), 1, 0)).isEqualTo(first);
    }

    @Test
    void spilledRowsGiveTheSameBatchesAsRowsInMemory() {
        BatchSchedule schedule = new BatchSchedule(64, 1000, 300);
        try (ShardStore memory0 = TestingShards.inMemory(0, 1000);
                ShardStore memory1 = TestingShards.inMemory(1, 300);
                ShardStore spilled0 = TestingShards.spilled(0, 1000, directory, 100 * 56);
                ShardStore spilled1 = TestingShards.spilled(1, 300, directory, 0);
                StepBatches memory = StepBatches.shuffled(List.of(memory0, memory1), List.of(0, 1), schedule, SEED);
                StepBatches spilled =
                        StepBatches.shuffled(List.of(spilled0, spilled1), List.of(0, 1), schedule, SEED)) {
            assertThat(spilled0.spilledBytes()).isGreaterThan(9 * spilled0.memoryBytes());
            for (int epoch = 1; epoch <= 2; epoch++) {
                try (StepIterator expected = memory.open(epoch, 0);
                        StepIterator actual = spilled.open(epoch, 0)) {
                    while (expected.hasNext()) {
                        assertSameBytes(actual.next(), expected.next());
                    }
                    assertThat(actual.hasNext()).isFalse();
                }
            }
        }
    }

    @Test
    void stepsOnDemandAreThoseThatAreAssembledAhead() {
        BatchSchedule schedule = new BatchSchedule(64, 1000, 300);
        List<Integer> shards = List.of(0, 1);
        try (ShardStore store0 = TestingShards.inMemory(0, 1000);
                ShardStore store1 = TestingShards.inMemory(1, 300);
                StepBatches ahead = StepBatches.shuffled(List.of(store0, store1), shards, schedule, SEED);
                StepBatches onDemand = StepBatches.shuffled(
                        List.of(store0, store1),
                        shards,
                        BatchSchedules.same(schedule),
                        SEED,
                        BatchAssembly.ON_DEMAND)) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                try (StepIterator expected = ahead.open(epoch, epoch);
                        StepIterator actual = onDemand.open(epoch, epoch)) {
                    while (expected.hasNext()) {
                        assertSameBytes(actual.next(), expected.next());
                    }
                    assertThat(actual.hasNext()).isFalse();
                }
            }
        }
    }

    @Test
    void everyFieldOfARowArrivesInItsColumn() {
        BatchSchedule schedule = new BatchSchedule(7, 20, 5);
        try (ShardStore store0 = TestingShards.inMemory(0, 20);
                ShardStore store1 = TestingShards.inMemory(1, 5);
                StepBatches batches = StepBatches.shuffled(List.of(store0, store1), List.of(0, 1), schedule, SEED);
                StepIterator steps = batches.open(1, 0)) {
            while (steps.hasNext()) {
                StepBatch step = steps.next();
                assertThat(step.batches()).extracting(Batch::shard).containsExactly(0, 1);
                step.batches().forEach(StepBatchesTest::assertFields);
            }
        }
    }

    @Test
    void shuffledOrderIsThePermutationOfTheShard() {
        long[] rows = {9, 100};
        SeededPermutation order = new SeededPermutation(100, SEED, 4, 1);
        List<Long> expected = LongStream.range(0, 100)
                .map(i -> TestingShards.labelOf(1, order.at(i)))
                .boxed()
                .toList();
        List<Long> visited = run(rows, new BatchSchedule(8, rows), List.of(List.of(1)), 4, 0).values().stream()
                .flatMap(List::stream)
                .toList();
        assertThat(visited).isEqualTo(expected);
    }

    @Test
    void unshuffledTrainingVisitsRowsInStoredOrder() {
        try (ShardStore store = TestingShards.inMemory(0, 10);
                StepBatches batches = StepBatches.inOrder(List.of(store), List.of(0), new BatchSchedule(4, 10));
                StepIterator steps = batches.open(5, 1)) {
            assertThat(labels(steps.next().batches().get(0))).containsExactly(4L, 5L, 6L, 7L);
            assertThat(labels(steps.next().batches().get(0))).containsExactly(8L, 9L);
            assertThat(steps.hasNext()).isFalse();
        }
    }

    @Test
    void replicaWithoutRowsTakesPartInEveryStep() {
        BatchSchedule schedule = new BatchSchedule(4, 10, 0);
        try (ShardStore empty = TestingShards.inMemory(1, 0);
                StepBatches hosted = StepBatches.shuffled(List.of(empty), List.of(1), schedule, SEED);
                StepBatches none = StepBatches.shuffled(List.of(), List.of(), schedule, SEED);
                StepIterator steps = hosted.open(1, 0);
                StepIterator noSteps = none.open(1, 0)) {
            for (int i = 0; i < 3; i++) {
                Batch batch = steps.next().batches().get(0);
                assertThat(batch.rows()).isZero();
                assertThat(batch.input(0).remaining()).isZero();
                assertThat(batch.weightSum()).isZero();
                assertThat(batch.ledger()).isEqualTo(Ledger.EMPTY);
                assertThat(noSteps.next().batches()).isEmpty();
            }
            assertThat(steps.hasNext()).isFalse();
            assertThat(noSteps.hasNext()).isFalse();
        }
    }

    @Test
    void evaluationBatchesOfAShardAreTheSameOnAnyReplica() {
        long[] rows = {10, 0, 4, 5, 0};
        List<String> together = new ArrayList<>();
        evaluate(rows, List.of(0, 1, 2, 3, 4), 4, together);
        assertThat(together)
                .containsExactly(
                        "0:[0, 1, 2, 3]",
                        "0:[4, 5, 6, 7]",
                        "0:[8, 9]",
                        "2:[2000000, 2000001, 2000002, 2000003]",
                        "3:[3000000, 3000001, 3000002, 3000003]",
                        "3:[3000004]");
        List<String> divided = new ArrayList<>();
        evaluate(rows, List.of(0, 2), 4, divided);
        evaluate(rows, List.of(1), 4, divided);
        evaluate(rows, List.of(3, 4), 4, divided);
        assertThat(divided).isEqualTo(together);
    }

    @Test
    void evaluationOfNothingHasNoSteps() {
        try (ShardStore empty = TestingShards.inMemory(0, 0);
                StepBatches batches = StepBatches.evaluation(List.of(empty), List.of(0), 4);
                StepBatches none = StepBatches.evaluation(List.of(), List.of(), 4);
                StepIterator steps = batches.open(1, 0);
                StepIterator noSteps = none.open(1, 0)) {
            assertThat(steps.hasNext()).isFalse();
            assertThat(noSteps.hasNext()).isFalse();
        }
    }

    @Test
    void planThatDoesNotFitTheStoresIsRefused() {
        BatchSchedule schedule = new BatchSchedule(4, 10, 5);
        RowLayout other = new RowLayout(TestingShards.LAYOUT.inputs(), TestingShards.LAYOUT.label(), false);
        try (ShardStore store = TestingShards.inMemory(0, 10);
                ShardStore next = TestingShards.inMemory(1, 5);
                ShardStore.Writer writer = ShardStore.open(other, directory, 0);
                ShardStore unweighted = writer.finish()) {
            assertThatThrownBy(() -> StepBatches.shuffled(List.of(store), List.of(), schedule, SEED))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot plan batches: 1 shard stores have 0 numbers (expected one for each)");
            assertThatThrownBy(() -> StepBatches.shuffled(List.of(next, store), List.of(1, 0), schedule, SEED))
                    .hasMessage("Cannot plan batches: shard numbers are [1, 0] (expected ascending)");
            assertThatThrownBy(() -> StepBatches.shuffled(List.of(store), List.of(1), schedule, SEED))
                    .hasMessage(
                            "Cannot plan batches: shard 1 has 10 rows, which the schedule doesn't know (expected 5 rows)");
            assertThatThrownBy(() -> StepBatches.shuffled(List.of(store), List.of(2), schedule, SEED))
                    .hasMessageEndingWith("which the schedule doesn't know (expected shards 0 to 1)");
            assertThatThrownBy(() -> StepBatches.evaluation(List.of(store, unweighted), List.of(0, 1), 4))
                    .hasMessageStartingWith("Cannot plan batches: rows of shard 1 are RowLayout[")
                    .hasMessageContaining("(expected those of shard 0: RowLayout[");
            assertThatThrownBy(() -> StepBatches.evaluation(List.of(store), List.of(0), 0))
                    .hasMessage("Invalid batchSize: 0 (must be > 0)");
        }
    }

    private static void evaluate(long[] rows, List<Integer> shards, int batchSize, List<String> seen) {
        List<ShardStore> stores = shards.stream()
                .map(shard -> TestingShards.inMemory(shard, rows[shard]))
                .toList();
        try (StepBatches batches = StepBatches.evaluation(stores, shards, batchSize);
                StepIterator steps = batches.open(1, 0)) {
            while (steps.hasNext()) {
                Batch batch = steps.next().batches().get(0);
                seen.add(batch.shard() + ":" + labels(batch));
            }
        } finally {
            stores.forEach(ShardStore::close);
        }
    }

    /** Labels of every batch by "step/shard", of all replicas together. */
    private static Map<String, List<Long>> run(
            long[] rows, BatchSchedule schedule, List<List<Integer>> groups, int epoch, long firstStep) {
        Map<String, List<Long>> seen = new TreeMap<>();
        for (List<Integer> shards : groups) {
            List<ShardStore> stores = shards.stream()
                    .map(shard -> TestingShards.inMemory(shard, rows[shard]))
                    .toList();
            try (StepBatches batches = StepBatches.shuffled(stores, shards, schedule, SEED);
                    StepIterator steps = batches.open(epoch, firstStep)) {
                while (steps.hasNext()) {
                    collect(steps.next(), seen);
                }
            } finally {
                stores.forEach(ShardStore::close);
            }
        }
        return seen;
    }

    private static void collect(StepBatch step, Map<String, List<Long>> seen) {
        assertThat(step.rows())
                .isEqualTo(step.batches().stream().mapToInt(Batch::rows).sum());
        LedgerCounter counter = new LedgerCounter();
        for (Batch batch : step.batches()) {
            counter.add(batch.ledger());
            seen.put("%06d/%03d".formatted(step.step(), batch.shard()), labels(batch));
        }
        assertThat(step.ledger()).isEqualTo(counter.ledger());
    }

    private static Ledger ledgerOf(Map<String, List<Long>> seen) {
        LedgerCounter counter = new LedgerCounter();
        seen.forEach((key, labels) -> {
            int shard = Integer.parseInt(key.substring(7));
            labels.forEach(label -> counter.add(TestingShards.hash(shard, label - TestingShards.labelOf(shard, 0))));
        });
        return counter.ledger();
    }

    private static void assertFields(Batch batch) {
        FloatBuffer floats = batch.input(0).asFloatBuffer();
        LongBuffer longs = batch.input(1).asLongBuffer();
        double weightSum = 0;
        LedgerCounter counter = new LedgerCounter();
        for (int i = 0; i < batch.rows(); i++) {
            long row = batch.longLabels().get(i) - TestingShards.labelOf(batch.shard(), 0);
            for (int j = 0; j < 3; j++) {
                assertThat(floats.get(3 * i + j)).isEqualTo(TestingShards.floatOf(batch.shard(), row, j));
            }
            for (int j = 0; j < 2; j++) {
                assertThat(longs.get(2 * i + j)).isEqualTo(TestingShards.longOf(batch.shard(), row, j));
            }
            assertThat(batch.floatWeights().get(i)).isEqualTo(TestingShards.weightOf(row));
            weightSum += TestingShards.weightOf(row);
            counter.add(TestingShards.hash(batch.shard(), row));
        }
        assertThat(floats.remaining()).isEqualTo(3 * batch.rows());
        assertThat(longs.remaining()).isEqualTo(2 * batch.rows());
        assertThat(batch.weightSum()).isEqualTo(weightSum);
        assertThat(batch.ledger()).isEqualTo(counter.ledger());
    }

    private static void assertSameBytes(StepBatch actual, StepBatch expected) {
        assertThat(actual.step()).isEqualTo(expected.step());
        for (int i = 0; i < expected.batches().size(); i++) {
            Batch a = actual.batches().get(i);
            Batch b = expected.batches().get(i);
            assertThat(a.rows()).isEqualTo(b.rows());
            assertThat(a.input(0)).isEqualTo(b.input(0));
            assertThat(a.input(1)).isEqualTo(b.input(1));
            assertThat(a.labels()).isEqualTo(b.labels());
            assertThat(a.weights()).isEqualTo(b.weights());
            assertThat(a.ledger()).isEqualTo(b.ledger());
        }
    }

    private static List<Long> labels(Batch batch) {
        LongBuffer labels = batch.longLabels();
        return LongStream.range(0, labels.remaining())
                .map(i -> labels.get((int) i))
                .boxed()
                .toList();
    }

    private static List<List<Integer>> singles(int shards) {
        return IntStream.range(0, shards).mapToObj(List::of).toList();
    }

    private static List<List<Integer>> randomGroups(int shards, Random random) {
        List<List<Integer>> groups = new ArrayList<>();
        IntStream.range(0, 1 + random.nextInt(3)).forEach(i -> groups.add(new ArrayList<>()));
        IntStream.range(0, shards)
                .forEach(shard -> groups.get(random.nextInt(groups.size())).add(shard));
        return groups;
    }
}
