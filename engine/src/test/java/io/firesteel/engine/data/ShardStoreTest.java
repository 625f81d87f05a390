package io.firesteel.engine.data;

import static io.firesteel.engine.data.TestingShards.LAYOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ShardStoreTest {
    // floats 0..12, longs 16..32, label 32..40, weight 40..44, hash 48..56
    private static final long ROW = 56;

    @TempDir
    Path directory;

    @Test
    void everyRowIsReadAsWrittenWhateverTheBudget() {
        for (long rows : new long[] {0, 1, 7, 8, 9, 100, 1000}) {
            for (long budget : new long[] {0, 1, ROW, 500, 8 * ROW, 20 * ROW, 100_000}) {
                try (ShardStore store = TestingShards.spilled(3, rows, directory, budget)) {
                    assertThat(store.rows()).isEqualTo(rows);
                    assertThat(store.memoryBytes()).isLessThanOrEqualTo(budget);
                    assertRows(store, rows);
                }
            }
        }
    }

    @Test
    void ledgerIsThatOfEveryRowOnce() {
        LedgerCounter counter = new LedgerCounter();
        for (long row = 0; row < 100; row++) {
            counter.add(TestingShards.hash(3, row));
        }
        try (ShardStore memory = TestingShards.inMemory(3, 100);
                ShardStore spilled = TestingShards.spilled(3, 100, directory, 1000);
                ShardStore empty = TestingShards.inMemory(3, 0)) {
            assertThat(memory.ledger()).isEqualTo(counter.ledger());
            assertThat(spilled.ledger()).isEqualTo(counter.ledger());
            assertThat(empty.ledger()).isEqualTo(Ledger.EMPTY);
        }
    }

    @Test
    void whatFitsTheBudgetStaysInMemoryToTheLastByte() {
        try (ShardStore store = TestingShards.spilled(0, 1000, directory, ROW * 1000)) {
            assertThat(store.memoryBytes()).isEqualTo(ROW * 1000);
            assertThat(store.spilledBytes()).isZero();
        }
        try (ShardStore store = TestingShards.spilled(0, 1000, directory, ROW * 1000 - 1)) {
            assertThat(store.memoryBytes()).isEqualTo(ROW * 992);
            assertThat(store.spilledBytes()).isEqualTo(ROW * 8);
        }
    }

    @Test
    void smallShardTakesLittleMemory() {
        try (ShardStore store = TestingShards.inMemory(0, 10)) {
            assertThat(store.memoryBytes()).isEqualTo(10 * ROW);
        }
    }

    @Test
    void tenTimesTheBudgetIsHeldOnDisk() {
        RowLayout wide = new RowLayout(
                List.of(new TensorSpec("x", ElementType.FLOAT32, List.of(784))),
                new TensorSpec("y", ElementType.INT64, List.of()),
                false);
        long budget = 8L << 20;
        long rows = 10 * budget / wide.bytes();
        try (ShardStore.Writer writer = ShardStore.open(wide, directory, budget)) {
            for (long row = 0; row < rows; row++) {
                ByteBuffer view = writer.next();
                view.putFloat(wide.inputOffset(0) + 783 * Float.BYTES, (float) row);
                view.putLong(wide.hashOffset(), row);
            }
            try (ShardStore store = writer.finish()) {
                assertThat(store.memoryBytes()).isBetween(budget / 2, budget);
                assertThat(store.memoryBytes() + store.spilledBytes()).isEqualTo(rows * wide.bytes());
                ByteBuffer target = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
                for (long row = 0; row < rows; row++) {
                    store.copy(row, 783 * Float.BYTES, Float.BYTES, target, 0);
                    assertThat(target.getFloat(0)).isEqualTo((float) row);
                    assertThat(store.hash(row)).isEqualTo(row);
                }
            }
        }
    }

    @Test
    void rowsWiderThanAChunkHaveChunksOfTheirOwn() {
        for (long budget : new long[] {0, 3 * ROW, 1000}) {
            ShardStore.Writer writer = ShardStore.open(LAYOUT, directory, budget, 10);
            try (ShardStore store = TestingShards.write(3, 9, writer)) {
                assertRows(store, 9);
            }
        }
    }

    @Test
    void noFileIsLeftWhileOpenNorAfterwards() throws IOException {
        ShardStore.Writer abandoned = ShardStore.open(LAYOUT, directory, 0);
        abandoned.next();
        assertThat(directory).isEmptyDirectory();
        abandoned.close();
        ShardStore store = TestingShards.spilled(1, 100, directory, 0);
        assertThat(store.spilledBytes()).isEqualTo(100 * ROW);
        assertThat(directory).isEmptyDirectory();
        store.close();
        store.close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void concurrentReadersReadTheSameRows() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try (ShardStore store = TestingShards.spilled(3, 2000, directory, 1000 * ROW)) {
            Callable<Void> task = () -> {
                assertRows(store, 2000);
                return null;
            };
            List<Future<Void>> runs = readers.invokeAll(List.of(task, task, task, task), 50, TimeUnit.SECONDS);
            for (Future<Void> run : runs) {
                run.get(1, TimeUnit.SECONDS);
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void readingOutOfRangeIsRefused() {
        ByteBuffer target = ByteBuffer.allocate(100);
        try (ShardStore store = TestingShards.inMemory(3, 5)) {
            assertThatThrownBy(() -> store.hash(5)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> store.hash(-1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> store.copy(0, 50, 8, target, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> store.copy(0, 0, 56, target, 50)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void readingAfterCloseIsRefused() {
        ShardStore store = TestingShards.spilled(3, 5, directory, 0);
        store.close();
        assertThatThrownBy(() -> store.hash(4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot read row 4: the shard store is closed");
    }

    @Test
    void aReaderThatIsInTheMiddleOfARowAtCloseGetsAnErrorAndTheProcessGoesOn() {
        SpillFile file = SpillFile.create(directory, 8);
        for (int i = 0; i < 10_000; i++) {
            file.next().putLong(0, i);
        }
        List<ByteBuffer> chunks = new ArrayList<>(file.seal(1 << 16));
        ByteBuffer copy = ByteBuffer.allocateDirect(64);
        copy.put(0, chunks.get(0), 0, 64);
        file.close();
        // The JVM delivers this error at the latest a few instructions after the access.
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        copy.put(0, chunks.get(0), 0, 64);
                    }
                })
                .isInstanceOf(InternalError.class);
    }

    @Test
    void writingAfterFinishIsRefused() {
        try (ShardStore.Writer writer = ShardStore.open(LAYOUT, directory, 0)) {
            writer.next();
            writer.finish().close();
            assertThatThrownBy(writer::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot write row 1: the writer is closed");
            assertThatThrownBy(writer::finish).hasMessage("Cannot write row 1: the writer is closed");
        }
    }

    @Test
    void spillDirectoryThatDoesntExistIsNamedWithTheWayOut() {
        Path missing = directory.resolve("missing");
        try (ShardStore.Writer writer = ShardStore.open(LAYOUT, missing, 0)) {
            assertThatThrownBy(writer::next)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("Cannot create spill file " + missing)
                    .hasMessageContaining("NoSuchFileException")
                    .hasMessageEndingWith(
                            "spark.local.dir, or SPARK_LOCAL_DIRS on a cluster, names a local disk with enough"
                                    + " room");
        }
    }

    @Test
    @EnabledIf("fullDeviceExists")
    void fullDiskIsNamedWithTheWayOut() throws IOException {
        Path full = Path.of("/dev/full");
        SpillFile file = new SpillFile(full, FileChannel.open(full, StandardOpenOption.WRITE), 8);
        file.next();
        assertThatThrownBy(() -> file.seal(64))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot spill rows to /dev/full after 0 bytes: ")
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("spark.local.dir");
    }

    static boolean fullDeviceExists() {
        return Files.exists(Path.of("/dev/full"));
    }

    @Test
    void interruptedWriterSaysSo() {
        try (ShardStore.Writer writer = ShardStore.open(LAYOUT, directory, 0)) {
            writer.next();
            Thread.currentThread().interrupt();
            assertThatThrownBy(writer::finish)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("Cannot spill rows to " + directory)
                    .hasMessageEndingWith(": the writing thread was interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void negativeBudgetIsRefused() {
        assertThatThrownBy(() -> ShardStore.open(LAYOUT, directory, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid memoryBytes: -1 (must be >= 0)");
    }

    private static void assertRows(ShardStore store, long rows) {
        ByteBuffer target = ByteBuffer.allocateDirect(100).order(ByteOrder.nativeOrder());
        Random random = new Random(rows);
        for (long i = 0; i < 2 * rows; i++) {
            long row = i < rows ? i : random.nextInt((int) rows);
            store.copy(row, 0, LAYOUT.bytes(), target, 16);
            assertThat(target.getFloat(16 + 8)).isEqualTo(TestingShards.floatOf(3, row, 2));
            assertThat(target.getLong(16 + LAYOUT.labelOffset())).isEqualTo(TestingShards.labelOf(3, row));
            assertThat(target.getFloat(16 + LAYOUT.weightOffset())).isEqualTo(TestingShards.weightOf(row));
            assertThat(target.getLong(16 + LAYOUT.hashOffset())).isEqualTo(store.hash(row));
        }
    }
}
