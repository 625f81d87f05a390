package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.Partition;
import io.firesteel.engine.comm.PendingReduction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Gradients by way of a {@link LossySum}, loss, weight and buffers as they are. What a step's sum has lost is added to the next
 * step's gradients, as means over the rows: a small last batch doesn't magnify what a large one has left.
 *
 * <p>In some steps everything travels, all that is owed included, and nothing is owed then. Whoever goes on from there
 * needs to know nothing of what was before.
 */
final class ErrorFeedbackExchange implements GradientExchange {
    private static final int CHUNK = 4096;

    private final Communicator communicator;
    private final Sharing sharing;
    private final Predicate<StepSpan> exact;
    private final LossySum lossy;
    private final List<float[]> owed = new ArrayList<>();
    private final float[] chunk = new float[CHUNK];
    private StepSpan step;
    private List<FloatBuffer> contributions = List.of();
    private FloatBuffer sum;
    private PendingReduction tail;

    /**
     * What of the sum goes where.
     *
     * @param slices of the gradients, one for each rank
     * @param own whether each rank gets its own slice alone
     * @param weightAt where in a vector the total weight stands
     */
    record Sharing(Partition slices, boolean own, int weightAt) {
        int gradients() {
            return slices.elements();
        }
    }

    /** @param exact the steps in which everything travels */
    ErrorFeedbackExchange(Communicator communicator, Sharing sharing, Predicate<StepSpan> exact, LossySum lossy) {
        this.communicator = communicator;
        this.sharing = sharing;
        this.exact = exact;
        this.lossy = lossy;
    }

    /** The gradients can't set out before the total weight is known, which their mean needs. */
    @Override
    public void start(StepSpan span, List<FloatBuffer> vectors, FloatBuffer target) {
        step = span;
        contributions = vectors;
        sum = target;
        int gradients = sharing.gradients();
        int floats = sum.capacity() - gradients;
        tail = communicator.startAllReduceSum(
                vectors.stream().map(vector -> vector.slice(gradients, floats)).toList(), sum.slice(gradients, floats));
    }

    @Override
    public void finish() {
        tail.await();
        float weight = sum.get(sharing.weightAt());
        if (weight > 0) {
            owe(1 / weight);
            if (exact.test(step)) {
                addAll();
            } else {
                lossy.add(owed, sum);
            }
        }
    }

    @Override
    public float scale(double weight) {
        return 1;
    }

    @Override
    public void forget() {
        owed.forEach(debts -> Arrays.fill(debts, 0));
        int floats = sharing.slices().length(communicator.rank());
        lossy.settle(ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer());
    }

    private void owe(float scale) {
        while (owed.size() < contributions.size()) {
            owed.add(new float[sharing.gradients()]);
        }
        for (int shard = 0; shard < contributions.size(); shard++) {
            owe(contributions.get(shard), scale, owed.get(shard));
        }
    }

    private void owe(FloatBuffer gradients, float scale, float[] debts) {
        for (int from = 0; from < debts.length; from += CHUNK) {
            int count = Math.min(CHUNK, debts.length - from);
            gradients.get(from, chunk, 0, count);
            for (int i = 0; i < count; i++) {
                debts[from + i] += chunk[i] * scale;
            }
        }
    }

    private void addAll() {
        List<FloatBuffer> whole = new ArrayList<>();
        for (int shard = 0; shard < contributions.size(); shard++) {
            FloatBuffer vector = contributions.get(shard).slice(0, sharing.gradients());
            vector.put(0, owed.get(shard));
            Arrays.fill(owed.get(shard), 0);
            whole.add(vector);
        }
        Partition slices = sharing.slices();
        int rank = communicator.rank();
        FloatBuffer slice = sum.slice(slices.from(rank), slices.length(rank));
        communicator.reduceScatter(whole, slices, slice);
        lossy.settle(slice);
        if (!sharing.own()) {
            communicator.allGather(sum.slice(0, sharing.gradients()), slices);
        }
    }
}
