package io.firesteel.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final TensorSpec FLOATS = new TensorSpec("floats", ElementType.FLOAT32, List.of(3));
    private static final TensorSpec TARGETS = new TensorSpec("targets", ElementType.FLOAT32, List.of(2));

    @Test
    void buffersAreDirectAlignedAndInNativeOrder() {
        for (int capacity : new int[] {0, 1, 5, 100}) {
            Batch batch = new Batch(TestingShards.LAYOUT, capacity);
            for (ByteBuffer buffer : List.of(batch.input(0), batch.input(1), batch.labels(), batch.weights())) {
                assertThat(buffer.isDirect()).isTrue();
                assertThat(buffer.order()).isEqualTo(ByteOrder.nativeOrder());
                assertThat(buffer.alignmentOffset(0, 64)).isZero();
                assertThat(buffer.remaining()).isZero();
            }
        }
    }

    @Test
    void smallerBatchAfterALargerOneHasOnlyItsOwnRows() {
        Batch batch = new Batch(TestingShards.LAYOUT, 10);
        try (ShardStore store = TestingShards.inMemory(2, 10)) {
            batch.fill(store, 2, new BatchPlan.Slice(0, 0, 10), LongUnaryOperator.identity());
            assertThat(batch.longLabels().remaining()).isEqualTo(10);
            batch.fill(store, 2, new BatchPlan.Slice(0, 4, 2), LongUnaryOperator.identity());

            assertThat(batch.shard()).isEqualTo(2);
            assertThat(batch.rows()).isEqualTo(2);
            assertThat(batch.input(0).remaining()).isEqualTo(2 * 12);
            assertThat(batch.longLabels().remaining()).isEqualTo(2);
            assertThat(batch.longLabels().get(1)).isEqualTo(TestingShards.labelOf(2, 5));
            assertThat(batch.floatWeights().remaining()).isEqualTo(2);
            // 0.5 + 4 % 4 and 0.5 + 5 % 4
            assertThat(batch.weightSum()).isEqualTo(2.0);
            assertThat(batch.ledger().rows()).isEqualTo(2);

            batch.fill(store, 2, new BatchPlan.Slice(0, 0, 10), LongUnaryOperator.identity());
            assertThat(batch.ledger()).isEqualTo(store.ledger());
        }
    }

    @Test
    void floatLabelsOfSeveralElementsAreReadInRowOrder() {
        RowLayout layout = new RowLayout(List.of(FLOATS), TARGETS, false);
        Batch batch = new Batch(layout, 4);
        try (ShardStore.Writer writer = ShardStore.open(layout, Path.of("/unused"), 1000)) {
            for (int row = 0; row < 3; row++) {
                ByteBuffer view = writer.next();
                view.putFloat(layout.labelOffset(), row);
                view.putFloat(layout.labelOffset() + Float.BYTES, row + 0.5f);
            }
            try (ShardStore store = writer.finish()) {
                batch.fill(store, 0, new BatchPlan.Slice(0, 0, 3), position -> 2 - position);
            }
        }
        float[] labels = new float[6];
        batch.floatLabels().get(0, labels);
        assertThat(labels).containsExactly(2, 2.5f, 1, 1.5f, 0, 0.5f);
        assertThat(batch.floatLabels().remaining()).isEqualTo(6);
        assertThat(batch.weightSum()).isEqualTo(3);
        assertThat(batch.weighted()).isFalse();
    }

    @Test
    void tensorLaidOverABatchSharesItsMemory() {
        Batch batch = new Batch(TestingShards.LAYOUT, 10);
        try (ShardStore store = TestingShards.inMemory(2, 10);
                NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            batch.fill(store, 2, new BatchPlan.Slice(0, 0, 4), LongUnaryOperator.identity());
            NDArray floats = manager.create(batch.input(0), new Shape(4, 3), DataType.FLOAT32);
            NDArray labels = manager.create(batch.labels(), new Shape(4), DataType.INT64);
            assertThat(floats.getFloat(3, 2)).isEqualTo(TestingShards.floatOf(2, 3, 2));
            assertThat(labels.getLong(3)).isEqualTo(TestingShards.labelOf(2, 3));

            batch.fill(store, 2, new BatchPlan.Slice(0, 6, 4), LongUnaryOperator.identity());
            assertThat(floats.getFloat(3, 2)).isEqualTo(TestingShards.floatOf(2, 9, 2));
        }
    }

    @Test
    void viewsThatTheLayoutDoesNotHaveAreRefused() {
        Batch classes = new Batch(TestingShards.LAYOUT, 1);
        Batch targets = new Batch(new RowLayout(List.of(FLOATS), TARGETS, false), 1);
        assertThatThrownBy(classes::floatLabels)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot read labels as float32: class is int64");
        assertThatThrownBy(targets::longLabels)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot read labels as int64: targets is float32");
        assertThatThrownBy(targets::weights)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot read weights: rows have none; a column named by weight gives them");
        assertThatThrownBy(targets::floatWeights).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void batchBeyondTwoGigabytesIsRefusedWithTheWayOut() {
        TensorSpec wide = new TensorSpec("pixels", ElementType.FLOAT32, List.of(1 << 20));
        RowLayout layout = new RowLayout(List.of(wide), TARGETS, false);
        assertThatThrownBy(() -> new Batch(layout, 512))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot allocate a batch: pixels of 512 rows takes 2147483648 bytes (expected less than 2^31);"
                                + " a smaller batchSize or more shards fit");
    }
}
