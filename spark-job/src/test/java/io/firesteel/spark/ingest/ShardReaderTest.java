package io.firesteel.spark.ingest;

import static io.firesteel.spark.ingest.Tables.bind;
import static io.firesteel.spark.ingest.Tables.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.data.ShardStore;
import io.firesteel.engine.train.HostedShard;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.spark.SharedSpark;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardReaderTest {
    private static final long PLENTY = 1 << 20;
    private static final LabelRange LABELS = LabelRange.of(LossFunction.CROSS_ENTROPY, 3);

    @TempDir
    private Path spill;

    @Test
    void rowsGoToTheStoresOfTheirShardAndSplitInOrder() {
        Case all = new Case(300, 3);
        try (Hosted hosted = all.read(PLENTY, List.of(0, 1, 2))) {
            assertThat(hosted.shards).extracting(HostedShard::number).containsExactly(0, 1, 2);
            List<Long> read = hosted.shards.stream()
                    .flatMap(shard -> Stream.of(shard.training(), shard.validation()))
                    .flatMap(store -> hashes(store).stream())
                    .toList();
            assertThat(read)
                    .isEqualTo(all.rows.stream()
                            .map(row -> row.getLong(RowSchema.HASH))
                            .toList());
            assertThat(hosted.rows()).isEqualTo(300);
        }
    }

    @Test
    void valuesBelongToTheirHash() {
        Case all = new Case(50, 1);
        try (Hosted hosted = all.read(PLENTY, List.of(0))) {
            ShardStore store = hosted.shards.get(0).training();
            ByteBuffer record = ByteBuffer.allocate(store.layout().bytes()).order(ByteOrder.nativeOrder());
            List<Float> features = new ArrayList<>();
            for (long row = 0; row < store.rows(); row++) {
                store.copy(row, 0, record.capacity(), record, 0);
                float a = record.getFloat(store.layout().inputOffset(0));
                assertThat(record.getLong(store.layout().labelOffset())).isEqualTo((long) a % 3);
                features.add(a);
            }
            assertThat(features).doesNotHaveDuplicates();
        }
    }

    @Test
    void shardsWithoutRowsAreEmptyStores() {
        Case few = new Case(2, 8);
        try (Hosted hosted = few.read(PLENTY, List.of(0, 1, 2, 3, 4, 5, 6, 7))) {
            assertThat(hosted.shards).hasSize(8);
            assertThat(hosted.rows()).isEqualTo(2);
            assertThat(hosted.shards.stream()
                            .filter(shard -> shard.training().ledger().equals(Ledger.EMPTY)))
                    .hasSizeGreaterThanOrEqualTo(6);
        }
    }

    @Test
    void noRowsAtAllAreEmptyStores() {
        try (Hosted hosted = new Case(0, 2).read(PLENTY, List.of(0, 1))) {
            assertThat(hosted.shards).hasSize(2);
            assertThat(hosted.rows()).isZero();
        }
    }

    @Test
    void budgetIsForAllShardsTogetherAndSpillingChangesNothing() {
        Case all = new Case(400, 4);
        List<Integer> shards = List.of(0, 1, 2, 3);
        try (Hosted inMemory = all.read(PLENTY, shards);
                Hosted onDisk = all.read(0, shards);
                Hosted some = all.read(2000, shards)) {
            assertThat(inMemory.spilled()).isZero();
            assertThat(onDisk.inMemory()).isZero();
            assertThat(onDisk.spilled()).isPositive();
            assertThat(some.inMemory()).isLessThanOrEqualTo(2000);
            assertThat(some.spilled()).isPositive();
            assertThat(onDisk.ledgers()).isEqualTo(inMemory.ledgers());
            assertThat(some.ledgers()).isEqualTo(inMemory.ledgers());
            assertThat(onDisk.hashes()).isEqualTo(inMemory.hashes());
            assertThat(some.hashes()).isEqualTo(inMemory.hashes());
        }
        assertThat(spill).isEmptyDirectory();
    }

    @Test
    void rowOfAnotherTasksShardIsAFault() {
        Case all = new Case(50, 2);
        assertThatThrownBy(() -> all.read(PLENTY, List.of(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot read shards [0]: a row of shard 1 came out of order or to the wrong task");
    }

    @Test
    void valueThatCannotBeUsedLeavesNoFile() {
        Dataset<Row> rows = SharedSpark.session()
                .range(100)
                .selectExpr("id as a", "if(id = 77, cast('NaN' as float), 1f) as b", "id % 3 as y");
        Case bad = new Case(rows, 2);
        assertThatThrownBy(() -> bad.read(0, List.of(0, 1)))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot use rows.csv: column b is NaN in a row (expected a finite number)");
        assertThat(spill).isEmptyDirectory();
    }

    private static List<Long> hashes(ShardStore store) {
        List<Long> hashes = new ArrayList<>();
        for (long row = 0; row < store.rows(); row++) {
            hashes.add(store.hash(row));
        }
        return hashes;
    }

    /** Rows as one task gets them, a quarter of them for validation. */
    private final class Case {
        private final List<InternalRow> rows;
        private final RowBinding binding;

        Case(int rows, int shards) {
            this(
                    SharedSpark.session().range(rows).selectExpr("id as a", "cast(id as float) as b", "id % 3 as y"),
                    shards);
        }

        Case(Dataset<Row> data, int shards) {
            ShardAssignment assignment = new ShardAssignment(shards, 1);
            binding = bind(data, "{columns: [a, b]}");
            Dataset<Row> split = new ShardedRows(binding, assignment).split(columns(data), data, 0.25);
            rows = Partitions.collect(ShardedRows.partitions(split, assignment)).get(0);
        }

        Hosted read(long memory, List<Integer> shards) {
            ShardReader reader = new ShardReader(binding.decoder(Tables.DATASET, LABELS), spill, memory);
            return new Hosted(reader.read(rows.iterator(), shards));
        }
    }

    /** Shards that a test closes. */
    private record Hosted(List<HostedShard> shards) implements AutoCloseable {
        List<ShardStore> stores() {
            return shards.stream()
                    .flatMap(shard -> Stream.of(shard.training(), shard.validation()))
                    .toList();
        }

        List<Ledger> ledgers() {
            return stores().stream().map(ShardStore::ledger).toList();
        }

        List<List<Long>> hashes() {
            return stores().stream().map(ShardReaderTest::hashes).toList();
        }

        long rows() {
            return stores().stream().mapToLong(ShardStore::rows).sum();
        }

        long spilled() {
            return stores().stream().mapToLong(ShardStore::spilledBytes).sum();
        }

        long inMemory() {
            return stores().stream().mapToLong(ShardStore::memoryBytes).sum();
        }

        @Override
        public void close() {
            shards.forEach(HostedShard::close);
        }
    }
}
