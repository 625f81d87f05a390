package io.firesteel.spark.coordinator;

import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.train.CheckpointRecord;
import io.firesteel.engine.train.Coordination;
import io.firesteel.engine.train.EpochRecord;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tells a listener on a thread of its own, in order: what it writes to a slow store must not hold up the replicas, whose
 * messages all arrive on one thread of Spark's. What the listener throws surfaces in {@link #drain}.
 */
public final class ListenerThread implements RunListener, AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private final RunListener listener;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread worker = new Thread(task, "firesteel-run-listener");
        worker.setDaemon(true);
        return worker;
    });
    private volatile RuntimeException failure;
    private volatile Future<?> last;

    public ListenerThread(RunListener listener) {
        this.listener = listener;
    }

    @Override
    public void started(int attempt) {
        tell(() -> listener.started(attempt));
    }

    @Override
    public void joined(int attempt, Membership membership) {
        tell(() -> listener.joined(attempt, membership));
    }

    @Override
    public void progress(Coordination.Progress progress) {
        tell(() -> listener.progress(progress));
    }

    @Override
    public void epochCompleted(EpochRecord epoch) {
        tell(() -> listener.epochCompleted(epoch));
    }

    @Override
    public void checkpointCommitted(CheckpointRecord checkpoint) {
        tell(() -> listener.checkpointCommitted(checkpoint));
    }

    @Override
    public void found(Finding finding) {
        tell(() -> listener.found(finding));
    }

    @Override
    public void failed(int attempt, ReplicaFailure replicaFailure) {
        tell(() -> listener.failed(attempt, replicaFailure));
    }

    /**
     * Waits until the listener has been told everything.
     *
     * @throws RuntimeException what the listener threw first, if it did
     */
    public void drain() {
        Future<?> end = last;
        if (end != null) {
            await(end);
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void tell(Runnable message) {
        last = thread.submit(() -> {
            try {
                message.run();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        });
    }

    private static void await(Future<?> end) {
        try {
            end.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot finish the run's files: interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "Cannot finish the run's files: the store hasn't taken them in " + DEADLINE.toSeconds() + " s", e);
        }
    }
}
