package io.firesteel.spark.bench;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.spark.barrier.Rank;
import io.firesteel.spark.barrier.RankBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * One rank of the all-reduce benchmark, which sums as a training does: in place, in memory that the communicator has allocated, where
 * each round finds new values. The vectors hold small whole numbers, whose float32 sums are exact, so every element of a sum can
 * be checked: after the warm-up and after the last round, outside the clock.
 */
final class AllReduceBody implements RankBody<AllReduceTimes> {
    private static final int MODULUS = 509;

    private final AllReduceBenchmark benchmark;

    AllReduceBody(AllReduceBenchmark benchmark) {
        this.benchmark = benchmark;
    }

    @Override
    public AllReduceTimes run(Rank rank) throws IOException {
        AllReduceTimes times = new AllReduceTimes(rank.process());
        int bytes = benchmark.largest().bytes();
        FloatBuffer values = buffer(() -> ByteBuffer.allocateDirect(bytes));
        fill(values, rank.number());
        try (Communicator communicator = rank.meet(benchmark.links()::adjust)) {
            FloatBuffer vector = buffer(() -> communicator.allocate(bytes));
            for (MessageSize size : benchmark.sizes()) {
                times.add(measure(communicator, values.slice(0, size.floats()), vector.slice(0, size.floats()), size));
            }
        }
        return times;
    }

    private long[] measure(Communicator communicator, FloatBuffer values, FloatBuffer vector, MessageSize size) {
        measure(communicator, values, vector, new long[benchmark.warmUpRounds(size)]);
        return measure(communicator, values, vector, new long[benchmark.rounds(size)]);
    }

    private static long[] measure(Communicator communicator, FloatBuffer values, FloatBuffer vector, long[] nanos) {
        List<FloatBuffer> contributions = List.of(vector);
        for (int round = 0; round < nanos.length; round++) {
            vector.put(0, values, 0, values.capacity());
            communicator.barrier();
            long start = System.nanoTime();
            communicator.allReduceSum(contributions, vector);
            nanos[round] = System.nanoTime() - start;
        }
        check(vector, communicator.worldSize());
        return nanos;
    }

    private FloatBuffer buffer(Supplier<ByteBuffer> memory) {
        try {
            return memory.get().order(ByteOrder.nativeOrder()).asFloatBuffer();
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException(
                    "Cannot measure an all-reduce of " + benchmark.largest()
                            + ": two buffers of that size don't fit beside the heap"
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
