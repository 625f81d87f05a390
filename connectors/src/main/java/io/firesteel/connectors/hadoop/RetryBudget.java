package io.firesteel.connectors.hadoop;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/**
 * The time in which one operation is tried again after failures that pass: {@code firesteel.storage.retry.budget}, a Hadoop
 * setting in seconds or with a unit (default 60 s; 0 for one attempt). Waits double from 0.2 s to 5 s and vary by half, so that
 * many ranks don't come back at once. No attempt begins after the time is over; how long one takes is for the clients'
 * own timeouts.
 */
public final class RetryBudget {
    static final String KEY = "firesteel.storage.retry.budget";

    private static final String DEFAULT = "60s";
    private static final long FIRST_WAIT_MILLIS = 200;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    private final Duration budget;
    private final long start = System.nanoTime();

    private int failures;

    private RetryBudget(Duration budget) {
        this.budget = budget;
    }

    /** Starts now. */
    public static RetryBudget start(Configuration configuration) {
        return start(Duration.ofMillis(
                configuration.getTimeDuration(KEY, DEFAULT, TimeUnit.SECONDS, TimeUnit.MILLISECONDS)));
    }

    static RetryBudget start(Duration budget) {
        if (budget.isNegative()) {
            throw new IllegalArgumentException("Invalid " + KEY + ": " + budget.toMillis() + " ms (must be 0 or more)");
        }
        return new RetryBudget(budget);
    }

    /**
     * Makes the attempts.
     *
     * @throws RetriesExhaustedException if the last one failed as well
     * @throws IOException if one failed for good
     */
    public <T> T call(Attempt<T> attempt) throws IOException {
        while (true) {
            try {
                return attempt.make();
            } catch (IOException e) {
                if (!FailureReason.passes(e)) {
                    throw e;
                }
                waitAfter(e);
            }
        }
    }

    /**
     * Makes attempts of somebody else's, such as Spark, who wraps what storage has thrown.
     *
     * @throws RetriesExhaustedException if the last one failed as well
     * @throws Exception if one failed for good, or for another reason than storage
     */
    public <T> T callForeign(Callable<T> attempt) throws Exception {
        while (true) {
            try {
                return attempt.call();
            } catch (Exception e) {
                // A damaged file ends early too: it doesn't get better.
                if (!FailureReason.isOfStorage(e) || !FailureReason.passes(e)) {
                    throw e;
                }
                waitAfter(e);
            }
        }
    }

    /** As {@link #call}. */
    void run(Step step) throws IOException {
        call(() -> {
            step.make();
            return true;
        });
    }

    private void waitAfter(Exception failure) throws IOException {
        failures++;
        Duration left = budget.minusNanos(System.nanoTime() - start);
        Duration wait = Duration.ofMillis(nextWaitMillis());
        if (wait.compareTo(left) > 0) {
            throw new RetriesExhaustedException(failures, budget, failure);
        }
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted before another attempt");
            interrupted.initCause(failure);
            throw interrupted;
        }
    }

    private long nextWaitMillis() {
        long doubled = FIRST_WAIT_MILLIS << Math.min(failures - 1, 10);
        long longest = Math.min(doubled, LONGEST_WAIT_MILLIS);
        return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    }

    /** Something that may fail. */
    @FunctionalInterface
    public interface Attempt<T> {
        T make() throws IOException;
    }

    /** The same without a result. */
    @FunctionalInterface
    interface Step {
        void make() throws IOException;
    }

    /** The last failure is the cause. */
    static final class RetriesExhaustedException extends IOException {
        RetriesExhaustedException(int attempts, Duration budget, Exception last) {
            super(
                    attempts + (attempts == 1 ? " attempt" : " attempts") + " in " + KEY + " = " + budget.toMillis()
                            + " ms",
                    last);
        }
    }
}
