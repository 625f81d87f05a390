package io.firesteel.engine.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** The all-reduce of slices that are threads: adds in the order of arrival, which may not matter. */
final class SlicedSums implements BlockSums {
    private static final int DEADLINE_SECONDS = 30;

    private final int slices;
    private final CyclicBarrier arrived;
    private final CyclicBarrier taken;
    private double[] sum = {};

    SlicedSums(int slices) {
        this.slices = slices;
        arrived = new CyclicBarrier(slices);
        taken = new CyclicBarrier(slices, () -> sum = new double[0]);
    }

    @Override
    public void allReduce(double[] partial) {
        add(partial);
        await(arrived);
        System.arraycopy(sum, 0, partial, 0, partial.length);
        await(taken);
    }

    private synchronized void add(double[] partial) {
        if (sum.length == 0) {
            sum = new double[partial.length];
        }
        for (int i = 0; i < partial.length; i++) {
            sum[i] += partial[i];
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot sum: interrupted", e);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("Cannot sum: another slice has failed", e);
        }
    }

    /** Runs an action for every slice at once. */
    void runAll(IntConsumer action) {
        ExecutorService threads = Executors.newFixedThreadPool(slices);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < slices; i++) {
                int slice = i;
                futures.add(threads.submit(() -> action.accept(slice)));
            }
            for (Future<?> future : futures) {
                future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Cannot run slices: " + e, e);
        } finally {
            threads.shutdownNow();
        }
    }
}
