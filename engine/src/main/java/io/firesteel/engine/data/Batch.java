package io.firesteel.engine.data;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * The rows of one shard in one step, N of them, as dense row-major columns in direct buffers: native order, 64-byte aligned, index
 * 0 at the first row, limit at the end of the last. They are the buffers themselves, used again for later steps, so a tensor may
 * be laid over them without a copy; they must not be written to, and hold this step's rows as long as its {@link StepBatch} is
 * valid. Used by one thread at a time.
 */
public final class Batch {
    private final RowLayout layout;
    private final int capacity;
    private final List<BatchColumn> inputs = new ArrayList<>();
    private final BatchColumn labels;
    private final BatchColumn weights; // null where rows have none
    private final LongBuffer longLabels; // null where labels are float32
    private final FloatBuffer floatLabels; // null where labels are int64
    private final FloatBuffer floatWeights; // null where rows have none
    private final LedgerCounter counter = new LedgerCounter();
    private int shard;
    private int rows;
    private double weightSum;

    Batch(RowLayout layout, int capacity) {
        this.layout = layout;
        this.capacity = capacity;
        for (int i = 0; i < layout.inputs().size(); i++) {
            inputs.add(column(layout.inputs().get(i), layout.inputOffset(i)));
        }
        this.labels = column(layout.label(), layout.labelOffset());
        this.weights =
                layout.weighted() ? new BatchColumn("weights", capacity, layout.weightOffset(), Float.BYTES) : null;
        boolean classes = layout.label().type() == ElementType.INT64;
        this.longLabels = classes ? labels.whole().asLongBuffer() : null;
        this.floatLabels = classes ? null : labels.whole().asFloatBuffer();
        this.floatWeights = weights == null ? null : weights.whole().asFloatBuffer();
    }

    private BatchColumn column(TensorSpec spec, int rowOffset) {
        return new BatchColumn(spec.name(), capacity, rowOffset, spec.bytes());
    }

    /** What a row has. */
    public RowLayout layout() {
        return layout;
    }

    /** The shard whose rows these are. */
    public int shard() {
        return shard;
    }

    /** N: how many rows; may be 0. */
    public int rows() {
        return rows;
    }

    /** The most rows that this batch can hold in any step. */
    public int capacity() {
        return capacity;
    }

    /** Values of one input: (N, elements) of its element type. */
    public ByteBuffer input(int input) {
        return inputs.get(input).of(rows);
    }

    /** Values of the label: (N, elements) of its element type. */
    public ByteBuffer labels() {
        return labels.of(rows);
    }

    /**
     * Labels as numbers: (N, elements).
     *
     * @throws IllegalStateException if the label's type is not int64
     */
    public LongBuffer longLabels() {
        if (longLabels == null) {
            throw wrongType(ElementType.INT64);
        }
        return longLabels.clear().limit(rows * layout.label().elements());
    }

    /**
     * Labels as numbers: (N, elements).
     *
     * @throws IllegalStateException if the label's type is not float32
     */
    public FloatBuffer floatLabels() {
        if (floatLabels == null) {
            throw wrongType(ElementType.FLOAT32);
        }
        return floatLabels.clear().limit(rows * layout.label().elements());
    }

    /** Whether each row has a weight. */
    public boolean weighted() {
        return weights != null;
    }

    /**
     * Weights as bytes, float32: (N).
     *
     * @throws IllegalStateException if rows have no weight
     */
    public ByteBuffer weights() {
        checkWeighted();
        return weights.of(rows);
    }

    /**
     * Weights as numbers: (N).
     *
     * @throws IllegalStateException if rows have no weight
     */
    public FloatBuffer floatWeights() {
        checkWeighted();
        return floatWeights.clear().limit(rows);
    }

    /** Sum of the weights, added in row order in double; the number of rows where they have no weight. */
    public double weightSum() {
        return weightSum;
    }

    /** The ledger of these rows. */
    public Ledger ledger() {
        return counter.ledger();
    }

    /** Takes in the rows at the positions of a slice in the shard's order. */
    void fill(ShardStore store, int shardNumber, BatchPlan.Slice slice, LongUnaryOperator order) {
        shard = shardNumber;
        rows = slice.rows();
        counter.reset();
        inputs.forEach(BatchColumn::clear);
        labels.clear();
        if (weights != null) {
            weights.clear();
        }
        for (int i = 0; i < rows; i++) {
            copy(store, order.applyAsLong(slice.offset() + i), i);
        }
        weightSum = weights == null ? rows : sumOfWeights();
    }

    private void copy(ShardStore store, long row, int index) {
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).copy(store, row, index);
        }
        labels.copy(store, row, index);
        if (weights != null) {
            weights.copy(store, row, index);
        }
        counter.add(store.hash(row));
    }

    private double sumOfWeights() {
        double sum = 0;
        FloatBuffer values = floatWeights();
        for (int i = 0; i < rows; i++) {
            sum += values.get(i);
        }
        return sum;
    }

    private void checkWeighted() {
        if (weights == null) {
            throw new IllegalStateException("Cannot read weights: rows have none; a column named by weight gives them");
        }
    }

    private IllegalStateException wrongType(ElementType wanted) {
        return new IllegalStateException("Cannot read labels as " + wanted.label() + ": "
                + layout.label().name() + " is " + layout.label().type().label());
    }
}
