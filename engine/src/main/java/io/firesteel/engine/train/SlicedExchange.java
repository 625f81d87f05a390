package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.Partition;
import io.firesteel.engine.comm.PendingReduction;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Every replica gets the sum of its slice of the gradients, the one that its optimizer updates, and of all that follows them.
 * Same bits as {@link WholeExchange}, half of its bytes: the other half are the weights that the optimizer gathers.
 */
final class SlicedExchange implements GradientExchange {
    private final Communicator communicator;
    private final Partition slices;
    private List<FloatBuffer> contributions = List.of();
    private FloatBuffer sum;
    private PendingReduction tail;

    /** Of gradients that the partition cuts. */
    SlicedExchange(Communicator communicator, Partition slices) {
        this.communicator = communicator;
        this.slices = slices;
    }

    /** The tail goes first, as it is small: a replica that has got it knows that all others are here. */
    @Override
    public void start(StepSpan step, List<FloatBuffer> vectors, FloatBuffer target) {
        contributions = vectors;
        sum = target;
        int gradients = slices.elements();
        int floats = sum.capacity() - gradients;
        tail = communicator.startAllReduceSum(parts(gradients, floats), sum.slice(gradients, floats));
    }

    @Override
    public void finish() {
        tail.await();
        int rank = communicator.rank();
        FloatBuffer own = sum.slice(slices.from(rank), slices.length(rank));
        communicator.reduceScatter(parts(0, slices.elements()), slices, own);
    }

    private List<FloatBuffer> parts(int from, int floats) {
        return contributions.stream().map(vector -> vector.slice(from, floats)).toList();
    }
}
