package io.firesteel.spark.bench;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.spark.barrier.Rank;
import io.firesteel.spark.barrier.RankBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * One rank of the all-reduce benchmark. The vectors hold small whole numbers, whose float32 sums are exact, so every element
 * of a sum can be checked: after the warm-up and after the last round, outside the clock.
 */
final class AllReduceBody implements RankBody<AllReduceTimes> {
    private static final int MODULUS = 509;
    private static final int CACHE_LINE = 64;

    private final AllReduceBenchmark benchmark;

    AllReduceBody(AllReduceBenchmark benchmark) {
        this.benchmark = benchmark;
    }

    @Override
    public AllReduceTimes run(Rank rank) throws IOException {
        AllReduceTimes times = new AllReduceTimes(rank.process());
        FloatBuffer contribution = direct(benchmark.largest());
        FloatBuffer sum = direct(benchmark.largest());
        fill(contribution, rank.number());
        try (Communicator communicator = rank.meet(benchmark.links()::adjust)) {
            for (MessageSize size : benchmark.sizes()) {
                times.add(
                        measure(communicator, contribution.slice(0, size.floats()), sum.slice(0, size.floats()), size));
            }
        }
        return times;
    }

    private long[] measure(Communicator communicator, FloatBuffer contribution, FloatBuffer sum, MessageSize size) {
        measure(communicator, contribution, sum, new long[benchmark.warmUpRounds(size)]);
        return measure(communicator, contribution, sum, new long[benchmark.rounds(size)]);
    }

    private static long[] measure(Communicator communicator, FloatBuffer contribution, FloatBuffer sum, long[] nanos) {
        List<FloatBuffer> contributions = List.of(contribution);
        for (int round = 0; round < nanos.length; round++) {
            if (round == nanos.length - 1) {
                spoil(sum);
            }
            communicator.barrier();
            long start = System.nanoTime();
            communicator.allReduceSum(contributions, sum);
            nanos[round] = System.nanoTime() - start;
        }
        check(sum, communicator.worldSize());
        return nanos;
    }

    private static FloatBuffer direct(MessageSize size) {
        try {
            return ByteBuffer.allocateDirect(size.bytes() + CACHE_LINE)
                    .alignedSlice(CACHE_LINE)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException(
                    "Cannot measure an all-reduce of " + size + ": two buffers of that size don't fit beside the heap"
                            + " (expected smaller --sizes, or a larger spark.executor.memory)",
                    e);
        }
    }

    private static void fill(FloatBuffer contribution, int rank) {
        for (int i = 0; i < contribution.capacity(); i++) {
            contribution.put(i, value(i, rank));
        }
    }

    static int value(int index, int rank) {
        return (index % MODULUS + rank * 31) % MODULUS;
    }

    /** No sum is there before it is computed. */
    private static void spoil(FloatBuffer sum) {
        for (int i = 0; i < sum.capacity(); i++) {
            sum.put(i, Float.NaN);
        }
    }

    static void check(FloatBuffer sum, int ranks) {
        for (int i = 0; i < sum.capacity(); i++) {
            int expected = 0;
            for (int rank = 0; rank < ranks; rank++) {
                expected += value(i, rank);
            }
            if (sum.get(i) != expected) {
                throw new IllegalStateException("Cannot trust the all-reduce of " + sum.capacity() + " floats: element "
                        + i + " is " + sum.get(i) + " (expected " + expected + ")");
            }
        }
    }
}
