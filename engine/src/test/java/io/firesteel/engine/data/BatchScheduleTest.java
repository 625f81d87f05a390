package io.firesteel.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchScheduleTest {
    @Test
    void countsAreThoseOfTheMergeInPython() throws IOException {
        List<String[]> facts = Facts.read("schedule.csv");
        assertThat(facts).hasSizeGreaterThan(60);
        for (String[] fact : facts) {
            long[] rows =
                    Arrays.stream(fact[1].split(" ")).mapToLong(Long::parseLong).toArray();
            BatchSchedule schedule = new BatchSchedule(Integer.parseInt(fact[0]), rows);
            long step = Long.parseLong(fact[2]);
            String counts = IntStream.range(0, rows.length)
                    .mapToObj(shard -> Integer.toString(schedule.count(step, shard)))
                    .collect(Collectors.joining(" "));
            assertThat(counts).as(String.join(",", fact)).isEqualTo(fact[3]);
        }
    }

    @Test
    void everyStepIsThatOfTheBruteForceMerge() {
        Random random = new Random(42);
        for (int round = 0; round < 400; round++) {
            long[] rows = randomRows(random);
            int batchSize = 1 + random.nextInt(random.nextBoolean() ? 8 : 200);
            assertEqualsMerge(new BatchSchedule(batchSize, rows), rows, batchSize);
        }
    }

    @Test
    void stepsAreFullButForTheLastAndUseEveryRowOnce() {
        Random random = new Random(7);
        for (int round = 0; round < 100; round++) {
            BatchSchedule schedule = new BatchSchedule(1 + random.nextInt(300), randomRows(random));
            long[] used = new long[schedule.shards()];
            for (long step = 0; step < schedule.steps(); step++) {
                int total = 0;
                for (int shard = 0; shard < used.length; shard++) {
                    assertThat(schedule.offset(step, shard)).isEqualTo(used[shard]);
                    int count = schedule.count(step, shard);
                    assertThat(count).isBetween(0, schedule.capacity(shard));
                    used[shard] += count;
                    total += count;
                }
                boolean last = step == schedule.steps() - 1;
                assertThat(total)
                        .isEqualTo(schedule.count(step))
                        .isEqualTo(last ? (int) (schedule.rows() - step * schedule.batchSize()) : schedule.batchSize());
            }
            assertThat(LongStream.of(used).sum()).isEqualTo(schedule.rows());
        }
    }

    @Test
    void rowsOfAShardAreSpreadEvenlyOverTheEpoch() {
        BatchSchedule schedule = new BatchSchedule(100, 9000, 1000);
        for (long step = 0; step < schedule.steps(); step++) {
            assertThat(schedule.count(step, 1)).isBetween(9, 11);
        }
    }

    @Test
    void hugeShardsAreCountedExactly() {
        long n = 1L << 46;
        BatchSchedule schedule = new BatchSchedule(1 << 20, n + 1, n - 1, n, 1, 0);
        assertThat(schedule.rows()).isEqualTo(3 * n + 1);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            long step = (random.nextLong() >>> 1) % schedule.steps();
            long[] offsets = schedule.offsets(step);
            assertThat(LongStream.of(offsets).sum()).isEqualTo(step * (1L << 20));
            assertBoundary(schedule, offsets);
        }
        assertThat(schedule.offsets(schedule.steps())).containsExactly(n + 1, n - 1, n, 1, 0);
    }

    @Test
    void capacityIsNotFarAboveWhatIsUsed() {
        assertThat(new BatchSchedule(128, 719, 719).capacity(0)).isBetween(64, 68);
        assertThat(new BatchSchedule(128, 10, 5).capacity(0)).isEqualTo(10);
        assertThat(new BatchSchedule(128, 10, 0).capacity(1)).isZero();
    }

    @Test
    void noRowsAreRefused() {
        assertThatThrownBy(() -> new BatchSchedule(32, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot plan batches: there are no rows (0 in 2 shards, expected at least 1); the path, the filter"
                                + " or the validation fraction leaves none");
        assertThatThrownBy(() -> new BatchSchedule(32)).hasMessageContaining("(0 in 0 shards, expected at least 1)");
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new BatchSchedule(0, 1)).hasMessage("Invalid batchSize: 0 (must be > 0)");
        assertThatThrownBy(() -> new BatchSchedule(1, 5, -1))
                .hasMessage("Invalid rows of shard 1: -1 (must be >= 0, and at most 2^48 over all shards)");
        assertThatThrownBy(() -> new BatchSchedule(1, 1L << 48, 1)).hasMessageContaining("Invalid rows of shard 1: 1");
        BatchSchedule schedule = new BatchSchedule(2, 3, 3);
        assertThatThrownBy(() -> schedule.count(3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> schedule.count(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> schedule.offsets(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> schedule.offsets(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void changingTheGivenSizesLaterChangesNothing() {
        long[] rows = {3, 3};
        BatchSchedule schedule = new BatchSchedule(2, rows);
        rows[0] = 100;
        schedule.offsets(schedule.steps())[1] = 100;
        assertThat(schedule.offsets(schedule.steps())).containsExactly(3, 3);
    }

    /** Every row before a boundary has a smaller key than every row after it: enough to compare the two at each shard. */
    private static void assertBoundary(BatchSchedule schedule, long[] offsets) {
        List<Key> before = new ArrayList<>();
        List<Key> after = new ArrayList<>();
        for (int shard = 0; shard < offsets.length; shard++) {
            if (offsets[shard] > 0) {
                before.add(new Key(offsets[shard] - 1, schedule.rows(shard), shard));
            }
            if (offsets[shard] < schedule.rows(shard)) {
                after.add(new Key(offsets[shard], schedule.rows(shard), shard));
            }
        }
        for (Key key : before) {
            assertThat(after).allMatch(other -> Key.ORDER.compare(key, other) < 0);
        }
    }

    private static void assertEqualsMerge(BatchSchedule schedule, long[] rows, int batchSize) {
        List<Key> keys = new ArrayList<>();
        for (int shard = 0; shard < rows.length; shard++) {
            for (long row = 0; row < rows[shard]; row++) {
                keys.add(new Key(row, rows[shard], shard));
            }
        }
        keys.sort(Key.ORDER);
        long[] offsets = new long[rows.length];
        for (int position = 0; position < keys.size(); position++) {
            if (position % batchSize == 0) {
                assertThat(schedule.offsets(position / batchSize)).isEqualTo(offsets);
            }
            offsets[keys.get(position).shard]++;
        }
        assertThat(schedule.steps()).isEqualTo((keys.size() + batchSize - 1) / batchSize);
        assertThat(schedule.offsets(schedule.steps())).isEqualTo(rows);
    }

    private static long[] randomRows(Random random) {
        int bound = 1 + random.nextInt(random.nextBoolean() ? 3 : 150);
        long[] rows = random.longs(1 + random.nextInt(12), 0, bound + 1L).toArray();
        rows[random.nextInt(rows.length)]++;
        return rows;
    }

    private record Key(long row, long rows, int shard) {
        static final Comparator<Key> ORDER =
                ((Comparator<Key>) (a, b) -> a.product(b.rows).compareTo(b.product(a.rows))).thenComparing(Key::shard);

        private BigInteger product(long factor) {
            return BigInteger.valueOf(2 * row + 1).multiply(BigInteger.valueOf(factor));
        }
    }
}
