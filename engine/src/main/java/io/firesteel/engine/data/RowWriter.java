package io.firesteel.engine.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Puts rows of one input into a shard store on the heap, each with a hash of its content. */
final class RowWriter {
    private final RowLayout layout;
    private final int inputOffset;
    private final int labelOffset;
    private final int hashOffset;
    private final ShardStore.Writer writer;
    private ByteBuffer row;
    private long hash;

    private RowWriter(RowLayout layout, ShardStore.Writer writer) {
        this.layout = layout;
        this.inputOffset = layout.inputOffset(0);
        this.labelOffset = layout.labelOffset();
        this.hashOffset = layout.hashOffset();
        this.writer = writer;
    }

    /** The rows that are added, in their order. */
    static ShardStore store(RowLayout layout, Consumer<RowWriter> rows) {
        try (ShardStore.Writer writer = ShardStore.open(layout, Path.of(""), Long.MAX_VALUE)) {
            rows.accept(new RowWriter(layout, writer));
            return writer.finish();
        }
    }

    void add(float[] features, long label) {
        begin(features);
        row.putLong(labelOffset, label);
        hash = SplitMix64.next(hash ^ label);
        row.putLong(hashOffset, hash);
    }

    void add(float[] features, float[] targets) {
        begin(features);
        put(targets, labelOffset);
        row.putLong(hashOffset, hash);
    }

    /** A row as another store of as many bytes to a row has it, hash and all. */
    ByteBuffer copy(ShardStore store, long number) {
        row = writer.next();
        store.copy(number, 0, layout.bytes(), row, 0);
        return row;
    }

    private void begin(float[] features) {
        row = writer.next();
        hash = 0;
        put(features, inputOffset);
    }

    private void put(float[] values, int offset) {
        for (int i = 0; i < values.length; i++) {
            row.putFloat(offset + i * Float.BYTES, values[i]);
            hash = SplitMix64.next(hash ^ Float.floatToIntBits(values[i]));
        }
    }
}
