package io.firesteel.spark.coordinator;

import io.firesteel.engine.train.Coordination;
import io.firesteel.engine.train.EpochRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a run whose replicas don't end by themselves: Spark never notices a task that hangs. After the first failure of an
 * attempt the others have a while to end too, or Spark to start the next attempt.
 */
public final class FailureWatch implements RunListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FailureWatch.class);

    /** A handler, a batch and an answer of the driver take less. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final Runnable cancel;
    private final Duration afterLoss;
    private final Duration afterFailure;
    private volatile ScheduledFuture<?> patienceEnds;
    private volatile String reason;
    private final AtomicInteger attempt = new AtomicInteger(-1);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "firesteel-failure-watch");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param cancel ends the stage
     * @param afterLoss how long Spark may take to notice that an executor is lost and to start the stage again
     */
    public FailureWatch(Runnable cancel, Duration afterLoss) {
        this(cancel, afterLoss, AFTER_FAILURE);
    }

    FailureWatch(Runnable cancel, Duration afterLoss, Duration afterFailure) {
        this.cancel = cancel;
        this.afterLoss = afterLoss;
        this.afterFailure = afterFailure;
    }

    @Override
    public void started(int newAttempt) {
        attempt.set(newAttempt);
    }

    @Override
    public void joined(int joinedAttempt, Membership membership) {
        // Joined is what it should be.
    }

    @Override
    public void progress(Coordination.Progress progress) {
        // A failure ends the watch over an attempt, not its progress.
    }

    @Override
    public void epochCompleted(EpochRecord epoch) {
        // As for progress.
    }

    @Override
    public void failed(int failedAttempt, ReplicaFailure failure) {
        Duration patience = failure.kind().isOfPeer() ? afterLoss : afterFailure;
        patienceEnds = timer.schedule(
                () -> cancelIfStill(failedAttempt, patience), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why the stage was cancelled, if it was. */
    public Optional<String> cancelledBecause() {
        return Optional.ofNullable(reason);
    }

    @Override
    public void close() {
        if (patienceEnds != null) {
            patienceEnds.cancel(false);
        }
        timer.shutdownNow();
    }

    /**
     * Begins to wait for the replicas: Spark counts the slots of other jobs as free, and waits for them without end.
     *
     * @param patience how long
     */
    public void expectStart(Duration patience) {
        patienceEnds = timer.schedule(() -> cancelUnlessStarted(patience), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Ends the run now.
     *
     * @param why for the log
     */
    public void cancelNow(String why) {
        cancel(why);
    }

    private void cancelUnlessStarted(Duration patience) {
        if (attempt.get() < 0) {
            cancel("no replica has begun " + patience.toSeconds()
                    + " s after Spark was asked to (are its slots taken by other jobs? see train.startTimeout)");
        }
    }

    private void cancelIfStill(int failedAttempt, Duration patience) {
        if (attempt.get() == failedAttempt) {
            cancel("not all replicas have ended " + patience.toSeconds() + " s after the first failure");
        }
    }

    private void cancel(String why) {
        LOG.warn("Cancelling the run: {}", why);
        reason = why;
        cancel.run();
    }
}
