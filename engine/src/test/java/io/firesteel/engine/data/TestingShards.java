package io.firesteel.engine.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Shards whose every value is a function of the shard and the row, so that a test knows what to find where. */
final class TestingShards {
    /** Two inputs of both types, a class label and a weight. */
    static final RowLayout LAYOUT = new RowLayout(
            List.of(
                    new TensorSpec("floats", ElementType.FLOAT32, List.of(3)),
                    new TensorSpec("longs", ElementType.INT64, List.of(2))),
            new TensorSpec("class", ElementType.INT64, List.of()),
            true);

    private TestingShards() {}

    /** A shard in memory. */
    static ShardStore inMemory(int shard, long rows) {
        return write(shard, rows, ShardStore.open(LAYOUT, Path.of("/unused"), Long.MAX_VALUE));
    }

    /** A shard in chunks of few rows, of which the budget holds some. */
    static ShardStore spilled(int shard, long rows, Path directory, long memoryBytes) {
        return write(shard, rows, ShardStore.open(LAYOUT, directory, memoryBytes, 8 * LAYOUT.bytes()));
    }

    static ShardStore write(int shard, long rows, ShardStore.Writer writer) {
        try (writer) {
            for (long row = 0; row < rows; row++) {
                fill(writer.next(), shard, row);
            }
            return writer.finish();
        }
    }

    static long hash(int shard, long row) {
        return shard * 1_000_003L + row * 7;
    }

    static float floatOf(int shard, long row, int element) {
        return shard * 10_000L + row + element / 4f;
    }

    static long longOf(int shard, long row, int element) {
        return -1000L * shard - 2 * row - element;
    }

    static long labelOf(int shard, long row) {
        return shard * 1_000_000L + row;
    }

    static float weightOf(long row) {
        return 0.5f + row % 4;
    }

    private static void fill(ByteBuffer view, int shard, long row) {
        for (int i = 0; i < 3; i++) {
            view.putFloat(LAYOUT.inputOffset(0) + i * Float.BYTES, floatOf(shard, row, i));
        }
        for (int i = 0; i < 2; i++) {
            view.putLong(LAYOUT.inputOffset(1) + i * Long.BYTES, longOf(shard, row, i));
        }
        view.putLong(LAYOUT.labelOffset(), labelOf(shard, row));
        view.putFloat(LAYOUT.weightOffset(), weightOf(row));
        view.putLong(LAYOUT.hashOffset(), hash(shard, row));
    }
}
