package io.firesteel.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.model.ForwardMode;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A trained network at work on batches of up to a number of rows: rows are written into its buffers, {@link #run} predicts them, and
 * what it predicted is in its arrays until the next call. Buffers and arrays are used for every batch, so that a batch costs no memory
 * of its own. It belongs to one thread at a time. Closing it closes the network.
 */
public final class Inference implements AutoCloseable {
    private static final int ALIGNMENT = 64;

    /** What else is computed, beside the outputs. */
    public enum Result {
        /** Softmax of the outputs for {@link LossFunction#CROSS_ENTROPY}, sigmoid for {@link LossFunction#BINARY_CROSS_ENTROPY}. */
        PROBABILITIES,
        /** What the last layer with weights is given. */
        EMBEDDING,
        /** The loss of each row; needs {@link #labels}. */
        LOSSES
    }

    private final Network network;
    private final LossFunction loss;
    private final int capacity;
    private final List<TensorSpec> specs = new ArrayList<>();
    private final List<ByteBuffer> inputs = new ArrayList<>();
    private final ByteBuffer labels;
    private final LongBuffer classLabels; // null where labels are float32
    private final NDManager owner;
    private final List<NDArray> arrays = new ArrayList<>();
    private int arrayRows = -1;

    private final FloatRows outputs = new FloatRows();
    private final FloatRows probabilities = new FloatRows();
    private final FloatRows embedding = new FloatRows();
    private final FloatRows losses = new FloatRows();

    /**
     * Allocates buffers.
     *
     * @param network with its weights; closed with this
     * @param inputs the network's
     * @param label what the loss compares outputs with
     * @param loss what the network was trained with
     * @param capacity rows of the largest batch, &gt;= 1
     */
    public Inference(Network network, List<TensorSpec> inputs, TensorSpec label, LossFunction loss, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("Invalid capacity: " + capacity + " (must be >= 1)");
        }
        this.network = network;
        this.loss = loss;
        this.capacity = capacity;
        this.specs.addAll(inputs);
        this.specs.add(label);
        specs.subList(0, inputs.size()).forEach(spec -> this.inputs.add(buffer(spec)));
        this.labels = buffer(label);
        this.classLabels = label.type() == ElementType.INT64 ? labels.asLongBuffer() : null;
        this.owner = network.newScope();
    }

    private ByteBuffer buffer(TensorSpec spec) {
        long bytes = (long) capacity * spec.bytes();
        if (bytes > Integer.MAX_VALUE - 2 * ALIGNMENT) {
            throw new IllegalArgumentException("Cannot allocate a batch: " + spec.name() + " of " + capacity
                    + " rows takes " + bytes + " bytes (expected less than 2^31); a smaller batch size fits");
        }
        return ByteBuffer.allocateDirect((int) bytes + 2 * ALIGNMENT)
                .alignedSlice(ALIGNMENT)
                .slice(0, (int) bytes)
                .order(ByteOrder.nativeOrder());
    }

    /** Rows of the largest batch. */
    public int capacity() {
        return capacity;
    }

    /** Columns C of the outputs. */
    public int columns() {
        return network.outputs();
    }

    /** Columns of the embedding of the last batch that had one. */
    public int embeddingColumns() {
        return embedding.columns;
    }

    /** What the loss compares outputs with. */
    public TensorSpec label() {
        return specs.get(specs.size() - 1);
    }

    /** What the outputs mean. */
    public LossFunction loss() {
        return loss;
    }

    /** The inputs to be written: for each the whole buffer of (capacity, elements) in native order, row 0 at 0. */
    public List<ByteBuffer> inputs() {
        return List.copyOf(inputs);
    }

    /** The labels to be written where losses are asked for: (capacity, elements) in native order. */
    public ByteBuffer labels() {
        return labels;
    }

    /**
     * Predicts.
     *
     * @param rows N, from 1 to the capacity: the first of the buffers
     * @param results what to compute beside the outputs
     * @throws IllegalArgumentException if probabilities are asked for and the loss isn't a classifier's, or an embedding and the
     *     network isn't a sequence of layers, or losses and a label is no class of the model
     */
    public void run(int rows, Set<Result> results) {
        if (rows < 1 || rows > capacity) {
            throw new IllegalArgumentException(
                    "Invalid rows: " + rows + " (must be from 1 to the capacity, " + capacity + ")");
        }
        if (results.contains(Result.LOSSES) && classLabels != null) {
            loss.check(classLabels.clear().limit(rows), network.outputs());
        }
        Torch.recordGradients(false);
        try (NDManager scope = network.newScope()) {
            List<NDArray> lent = lend(scope, rows);
            try {
                run(rows, results, lent);
            } finally {
                giveBack(lent);
            }
        } finally {
            Torch.recordGradients(true);
        }
    }

    private void run(int rows, Set<Result> results, List<NDArray> lent) {
        NDList given = new NDList(lent.subList(0, lent.size() - 1));
        boolean embeds = results.contains(Result.EMBEDDING);
        NDList found = embeds ? network.forwardWithEmbedding(given) : network.forward(given, ForwardMode.EVALUATION);
        NDArray predictions = found.get(0).reshape(rows, -1);
        outputs.read(predictions, rows);
        if (embeds) {
            embedding.read(found.get(1).reshape(rows, -1), rows);
        }
        boolean compares = results.contains(Result.LOSSES);
        boolean looped = loss == LossFunction.CROSS_ENTROPY && Softmax.isFasterFor(outputs.columns);
        if (looped && compares) {
            compareWithClasses(rows);
            return;
        }
        if (compares) {
            losses.read(loss.perRow(predictions, lent.get(lent.size() - 1)), rows);
        }
        if (looped && results.contains(Result.PROBABILITIES)) {
            Softmax.write(outputs.values, probabilities.room(rows, outputs.columns), rows, outputs.columns);
        } else if (results.contains(Result.PROBABILITIES)) {
            probabilities.read(loss.probabilities(predictions), rows);
        }
    }

    /** Writes losses and probabilities. */
    private void compareWithClasses(int rows) {
        int columns = outputs.columns;
        Softmax.write(
                outputs.values,
                classLabels.clear().limit(rows),
                probabilities.room(rows, columns),
                losses.room(rows, 1),
                rows,
                columns);
    }

    /** Arrays over the buffers, inputs first; on a CPU they are made once for each number of rows in a row. */
    private List<NDArray> lend(NDManager scope, int rows) {
        if (!network.sharesMemory()) {
            return arrays(scope, rows);
        }
        if (rows != arrayRows) {
            arrays.forEach(NDArray::close);
            arrays.clear();
            arrays.addAll(arrays(owner, rows));
            arrayRows = rows;
        }
        arrays.forEach(array -> array.attach(scope));
        return arrays;
    }

    private void giveBack(List<NDArray> lent) {
        if (network.sharesMemory()) {
            lent.forEach(array -> array.attach(owner));
        }
    }

    private List<NDArray> arrays(NDManager manager, int rows) {
        List<NDArray> made = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            TensorSpec spec = specs.get(i);
            ByteBuffer buffer = i < inputs.size() ? inputs.get(i) : labels;
            long[] shape = LongStream.concat(
                            LongStream.of(rows), spec.shape().stream().mapToLong(Integer::longValue))
                    .toArray();
            made.add(manager.create(
                    buffer.duplicate().order(ByteOrder.nativeOrder()).clear().limit(rows * spec.bytes()),
                    new Shape(shape),
                    spec.type().dataType()));
        }
        return made;
    }

    /** What the network gives: logits of a classifier, values of a regression; (N, C), the batch's until the next. */
    public float[] outputs() {
        return outputs.values;
    }

    /** (N, C), the batch's until the next, as the other arrays. */
    public float[] probabilities() {
        return probabilities.values;
    }

    /** (N, columns). */
    public float[] embedding() {
        return embedding.values;
    }

    /** (N). */
    public float[] losses() {
        return losses.values;
    }

    @Override
    public void close() {
        network.close();
    }

    /** Numbers of rows in an array that grows as needed. */
    private static final class FloatRows {
        private float[] values = {};
        private int columns;

        void read(NDArray array, int rows) {
            int elements = Math.toIntExact(array.size());
            array.toByteBuffer(true).asFloatBuffer().get(room(rows, elements / rows), 0, elements);
        }

        float[] room(int rows, int width) {
            if (values.length < rows * width) {
                values = new float[rows * width];
            }
            columns = width;
            return values;
        }
    }
}
