package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.model.ParameterLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sum of matrices M = Σ Mₛ as P Qᵀ (Vogels et al. 2019): every shard contributes Mₛ Q, with the Q of the step before; their sum
 * is made orthonormal, which is P; every shard contributes Mₛᵀ P, whose sum is the new Q. A shard goes on owing Mₛ − P (Mₛᵀ P)ᵀ, the
 * part of its matrix that P doesn't span. Everything that is no such matrix travels whole beside the first factors.
 */
final class PowerSgdSum implements LossySum {
    private final Communicator communicator;
    private final List<LowRankMatrix> matrices;
    private final List<Span> rest;
    private final int leftFloats;
    private final int rightFloats;
    private final List<FloatBuffer> vectors = new ArrayList<>();
    private FloatBuffer total;

    /** Elements that travel whole. */
    private record Span(int from, int to) {
        int length() {
            return to - from;
        }
    }

    PowerSgdSum(Communicator communicator, ParameterLayout layout, int rank, long seed) {
        this.communicator = communicator;
        this.matrices = LowRankMatrix.of(layout, rank, seed);
        this.rest = rest(layout.trainableFloats());
        this.leftFloats = matrices.stream().mapToInt(LowRankMatrix::leftFloats).sum()
                + rest.stream().mapToInt(Span::length).sum();
        this.rightFloats =
                matrices.stream().mapToInt(LowRankMatrix::rightFloats).sum();
    }

    private List<Span> rest(int floats) {
        List<Span> spans = new ArrayList<>();
        int from = 0;
        for (LowRankMatrix matrix : matrices) {
            spans.add(new Span(from, matrix.from()));
            from = matrix.to();
        }
        spans.add(new Span(from, floats));
        return spans.stream().filter(span -> span.length() > 0).toList();
    }

    @Override
    public void add(List<float[]> owed, FloatBuffer sum) {
        allocate(owed.size());
        for (int shard = 0; shard < owed.size(); shard++) {
            putLeft(owed.get(shard), vectors.get(shard));
        }
        takeLeft(reduce(leftFloats), sum);
        for (int shard = 0; shard < owed.size(); shard++) {
            putRight(owed.get(shard), vectors.get(shard));
        }
        takeRight(reduce(rightFloats), sum);
    }

    /** Nothing but the shards' debts is owed; the next step's Q is the first one's. */
    @Override
    public void settle(FloatBuffer slice) {
        matrices.forEach(LowRankMatrix::restart);
    }

    private void allocate(int shards) {
        int floats = Math.max(leftFloats, rightFloats);
        while (vectors.size() < shards) {
            vectors.add(direct(floats));
        }
        total = total == null ? direct(floats) : total;
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private FloatBuffer reduce(int floats) {
        FloatBuffer sum = total.slice(0, floats);
        communicator.allReduceSum(
                vectors.stream().map(vector -> vector.slice(0, floats)).toList(), sum);
        return sum;
    }

    private void putLeft(float[] owed, FloatBuffer vector) {
        FloatBuffer target = vector.duplicate().clear();
        matrices.forEach(matrix -> matrix.putLeft(owed, target));
        for (Span span : rest) {
            target.put(owed, span.from(), span.length());
            Arrays.fill(owed, span.from(), span.to(), 0);
        }
    }

    private void takeLeft(FloatBuffer factors, FloatBuffer sum) {
        matrices.forEach(matrix -> matrix.takeLeft(factors));
        for (Span span : rest) {
            sum.put(span.from(), factors, factors.position(), span.length());
            factors.position(factors.position() + span.length());
        }
    }

    private void putRight(float[] owed, FloatBuffer vector) {
        FloatBuffer target = vector.duplicate().clear();
        matrices.forEach(matrix -> matrix.putRight(owed, target));
    }

    private void takeRight(FloatBuffer factors, FloatBuffer sum) {
        matrices.forEach(matrix -> matrix.takeRight(factors, sum));
    }
}
