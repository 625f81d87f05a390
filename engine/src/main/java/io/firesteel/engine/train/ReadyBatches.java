package io.firesteel.engine.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.ShardStore;
import io.firesteel.engine.data.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** A block's batches as arrays that are there before the clock starts. Closed by who made it, after the loops that read it. */
final class ReadyBatches implements AutoCloseable {
    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    private final List<Loan> batches = new ArrayList<>();

    /**
     * Copies the rows of a store, in their order.
     *
     * @param rows at least as many as a block has
     */
    ReadyBatches(StepWorkload workload, ShardStore rows) {
        RowLayout layout = workload.layout();
        for (int step = 0; step < workload.steps(); step++) {
            long first = (long) step * workload.batch();
            ByteBuffer inputs = column(rows, first, workload.batch(), layout.inputOffset(0), workload.input());
            ByteBuffer labels = column(rows, first, workload.batch(), layout.labelOffset(), workload.label());
            // The arrays keep the memory that libtorch reads.
            batches.add(new Loan(
                    manager.create(inputs, shape(workload.batch(), workload.input()), DataType.FLOAT32),
                    manager.create(labels, shape(workload.batch(), workload.label()), DataType.INT64)));
        }
    }

    private static ByteBuffer column(ShardStore rows, long first, int count, int offset, TensorSpec spec) {
        ByteBuffer column = ByteBuffer.allocateDirect(Math.multiplyExact(count, spec.bytes()))
                .order(ByteOrder.nativeOrder());
        for (int row = 0; row < count; row++) {
            rows.copy(first + row, offset, spec.bytes(), column, row * spec.bytes());
        }
        return column;
    }

    private static Shape shape(int rows, TensorSpec spec) {
        return new Shape(
                LongStream.concat(LongStream.of(rows), spec.shape().stream().mapToLong(Integer::longValue))
                        .toArray());
    }

    /** One batch, for as long as the loan isn't closed; results computed from it live in the scope. */
    Loan lend(int step, NDManager scope) {
        Loan loan = batches.get(step);
        loan.inputs.attach(scope);
        loan.labels.attach(scope);
        return loan;
    }

    @Override
    public void close() {
        manager.close();
    }

    /** A batch: inputs (N, …) float32, labels (N) int64. Closing gives it back, and must come before the scope is closed. */
    final class Loan implements AutoCloseable {
        private final NDArray inputs;
        private final NDArray labels;

        private Loan(NDArray inputs, NDArray labels) {
            this.inputs = inputs;
            this.labels = labels;
        }

        NDArray inputs() {
            return inputs;
        }

        NDArray labels() {
            return labels;
        }

        @Override
        public void close() {
            inputs.attach(manager);
            labels.attach(manager);
        }
    }
}
