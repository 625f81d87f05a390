package io.firesteel.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.model.Network;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Batches as arrays. On a CPU an array is laid over the batch's own buffers, which later steps fill again: so it is made once,
 * and lent to the scope of each step. Elsewhere it is a copy that the scope owns. The arrays are closed with the network.
 */
final class BatchArrays {
    private final NDManager owner;
    private final RowLayout layout;
    private final boolean kept;
    private final IdentityHashMap<Batch, Loan> loans = new IdentityHashMap<>();

    BatchArrays(Network network, RowLayout layout) {
        this.owner = network.newScope();
        this.layout = layout;
        this.kept = network.sharesMemory();
    }

    /** The arrays of a batch, valid until the loan is closed, which comes before the scope is; results live in the scope. */
    Loan lend(Batch batch, NDManager scope) {
        if (!kept) {
            return new Loan(batch, scope);
        }
        Loan loan = loans.get(batch);
        if (loan == null || loan.rows != batch.rows()) {
            if (loan != null) {
                loan.arrays.forEach(NDArray::close);
            }
            loan = new Loan(batch, owner);
            loans.put(batch, loan);
        }
        loan.arrays.forEach(array -> array.attach(scope));
        return loan;
    }

    private NDArray array(NDManager manager, ByteBuffer values, TensorSpec spec, int rows) {
        List<Integer> shape = spec.shape();
        long[] sizes = new long[1 + shape.size()];
        sizes[0] = rows;
        for (int axis = 0; axis < shape.size(); axis++) {
            sizes[1 + axis] = shape.get(axis);
        }
        return manager.create(values, new Shape(sizes), spec.type().dataType());
    }

    /** A batch's arrays in a scope. */
    final class Loan implements AutoCloseable {
        private final int rows;
        private final List<NDArray> arrays = new ArrayList<>();

        private Loan(Batch batch, NDManager manager) {
            rows = batch.rows();
            for (int i = 0; i < layout.inputs().size(); i++) {
                arrays.add(array(manager, batch.input(i), layout.inputs().get(i), rows));
            }
            arrays.add(array(manager, batch.labels(), layout.label(), rows));
        }

        /** The inputs, each (N, …). */
        NDList inputs() {
            return new NDList(arrays.subList(0, arrays.size() - 1));
        }

        /** The labels, (N) or (N, …). */
        NDArray labels() {
            return arrays.get(arrays.size() - 1);
        }

        @Override
        public void close() {
            if (kept) {
                arrays.forEach(array -> array.attach(owner));
            }
        }
    }
}
