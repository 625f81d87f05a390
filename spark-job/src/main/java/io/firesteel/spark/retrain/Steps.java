package io.firesteel.spark.retrain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Walks the steps of a date: each only while the lease is held, and with its time taken. */
final class Steps {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Runnable checkLease;
    private final StepListener listener;
    private final long start = System.nanoTime();
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    /**
     * @param checkLease throws if the lease is lost
     * @param listener told after each step
     */
    Steps(Runnable checkLease, StepListener listener) {
        this.checkLease = checkLease;
        this.listener = listener;
    }

    /** Throws if the lease is lost. */
    void checkLease() {
        checkLease.run();
    }

    /** Does a step. */
    <T> T run(Step step, Supplier<T> body) {
        checkLease();
        long began = System.nanoTime();
        T result = body.get();
        seconds.put(step.label(), (System.nanoTime() - began) / NANOS_PER_SECOND);
        listener.done(step);
        return result;
    }

    /** Does a step that gives nothing. */
    void perform(Step step, Runnable body) {
        run(step, () -> {
            body.run();
            return true;
        });
    }

    /** Of the steps done so far, in order. */
    Map<String, Double> seconds() {
        return new LinkedHashMap<>(seconds);
    }

    /** Since the first. */
    double total() {
        return (System.nanoTime() - start) / NANOS_PER_SECOND;
    }
}
