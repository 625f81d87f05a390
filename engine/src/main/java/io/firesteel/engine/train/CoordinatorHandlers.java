package io.firesteel.engine.train;

import io.firesteel.engine.data.BatchSchedules;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.EngineException;
import io.firesteel.engine.event.FailureContext;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handlers of a run that are where its coordinator is: an engine, the thread on which it follows the run, and what its
 * handlers have decided. An epoch is told to them once, however often replicas train it.
 *
 * <p>May be used from any thread; {@link #begin}, {@link #epochCompleted} and {@link #decision} never wait.
 */
public final class CoordinatorHandlers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorHandlers.class);

    private final TrainingSpec spec;
    private final Runnable failed;
    private final BlockingQueue<CoordinatorNews> news = new LinkedBlockingQueue<>();
    private final CoordinatorLoop loop = new CoordinatorLoop(news, this::epochHandled);
    private final Map<Integer, EpochRecord> told = new HashMap<>();
    private final Thread thread;

    private BatchSchedules schedules;
    private Consumer<EpochRecord> listener;
    private int newest;
    private int handledEpochs;
    private Decision last = Decision.GO_ON;
    private Throwable failure;
    private boolean closed;

    /**
     * Whether a run goes on after an epoch.
     *
     * @param stopReason why it doesn't; empty if it does
     */
    public record Decision(String stopReason) implements Serializable {
        /** It does. */
        public static final Decision GO_ON = new Decision("");
    }

    /**
     * Handlers of a run that hasn't begun. The caller closes them.
     *
     * @param spec what the run learns
     * @param failed told once if a handler throws, on the handlers' thread
     */
    public CoordinatorHandlers(TrainingSpec spec, Runnable failed) {
        this.spec = spec;
        this.failed = failed;
        this.thread = new Thread(this::follow, "firesteel-coordinator-handlers");
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    }

    /** What setups attach their handlers to, before the run begins. */
    public Engine<Void, EpochRecord> engine() {
        return loop.engine();
    }

    /**
     * The replicas begin to train. A second time, after a restart, changes nothing.
     *
     * @param trainingRows of every shard of the run, by its number
     * @param newListener told of each epoch once all handlers have returned, with the values that they have put into its metrics
     */
    public synchronized void begin(long[] trainingRows, Consumer<EpochRecord> newListener) {
        if (thread.getState() == Thread.State.NEW) {
            schedules = new BatchSchedules(spec.batchSize(), spec.batching().findRamp(), trainingRows);
            listener = newListener;
            thread.start();
        }
    }

    /** The replicas have ended an epoch; again, perhaps, after a restart. */
    public synchronized void epochCompleted(EpochRecord epoch) {
        EpochRecord first = told.putIfAbsent(epoch.epoch(), epoch);
        if (first == null) {
            tellIfNext(epoch);
        } else if (!epoch.metrics().equals(first.metrics())) {
            LOG.warn(
                    "Epoch {} has other values than before the restart, which the handlers on the driver have seen: {}, not {}",
                    epoch.epoch(),
                    epoch.metrics(),
                    first.metrics());
        }
    }

    /** One that was left without EPOCH_COMPLETED before a restart, and has one after it, comes too late. */
    private void tellIfNext(EpochRecord epoch) {
        if (epoch.epoch() > newest) {
            newest = epoch.epoch();
            news.add(new CoordinatorNews.Epoch(epoch));
        }
    }

    /**
     * What the handlers have decided at the end of an epoch.
     *
     * @return empty while they run, and for ever once one of them has thrown
     */
    public synchronized Optional<Decision> decision(int epoch) {
        if (epoch > handledEpochs) {
            return Optional.empty();
        }
        return Optional.of(epoch == handledEpochs ? last : Decision.GO_ON);
    }

    /**
     * The run has ended well. Returns when the handlers of TERMINATE and COMPLETED have.
     *
     * @param outcome of any replica
     * @throws IllegalStateException if a handler throws or doesn't return in time
     */
    public void completed(ReplicaOutcome outcome, Duration deadline) {
        end(new CoordinatorNews.End(outcome.epochs() + 1, outcome.iterations(), outcome.stopReason()), deadline);
        checkNoneFailed();
    }

    /**
     * Does nothing if no handler has failed.
     *
     * @throws IllegalStateException if one has, by itself and not because the run has; names it and its event
     */
    public void checkNoneFailed() {
        Throwable thrown;
        synchronized (this) {
            thrown = failure;
        }
        if (thrown != null) {
            throw new IllegalStateException(describe(thrown), thrown);
        }
    }

    /**
     * The run has failed. Returns when the handlers of EXCEPTION_RAISED have; what they throw goes into the log.
     *
     * @throws IllegalStateException if they don't return in time
     */
    public void failed(Throwable cause, Duration deadline) {
        end(new CoordinatorNews.Failure(cause), deadline);
    }

    /** Gives up: a handler that runs is interrupted. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        thread.interrupt();
    }

    private void end(CoordinatorNews last, Duration deadline) {
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        news.add(last);
        try {
            thread.join(deadline.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot end the run: interrupted while handlers on the driver ran", e);
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("Cannot end the run: handlers on the driver haven't returned (deadline "
                    + deadline.toSeconds() + " s)");
        }
    }

    private void follow() {
        try {
            loop.run(epoch -> schedules.of(epoch).steps(), spec.epochs());
        } catch (RunFailedException e) {
            Arrays.stream(e.getSuppressed())
                    .filter(second -> !(second instanceof FailureContext))
                    .forEach(second -> LOG.error("A handler at EXCEPTION_RAISED on the driver failed", second));
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** After {@link #close} nobody listens, and a handler that was interrupted has failed for that. */
    private void fail(Throwable thrown) {
        synchronized (this) {
            if (closed) {
                return;
            }
            failure = thrown;
        }
        LOG.error("A handler on the driver failed", thrown);
        failed.run();
    }

    /** Replicas go on only after the listener has been told: what it hears is in order. */
    private void epochHandled(EpochRecord epoch, Optional<String> requested) {
        Consumer<EpochRecord> told;
        synchronized (this) {
            told = listener;
        }
        told.accept(epoch);
        synchronized (this) {
            last = requested
                    .map(reason -> new Decision(CoordinatorLoop.PREFIX + reason))
                    .orElse(Decision.GO_ON);
            handledEpochs = epoch.epoch();
        }
    }

    /** Names the handler and its event, which the engine has put among what the failure suppressed. */
    private static String describe(Throwable failure) {
        Throwable thrown = failure instanceof EngineException ? failure.getCause() : failure;
        String place = Arrays.stream(thrown.getSuppressed())
                .filter(FailureContext.class::isInstance)
                .map(context -> context.getMessage().replaceFirst("^In ", " in "))
                .findFirst()
                .orElse("");
        return "Cannot train: the driver failed" + place + ": " + thrown;
    }
}
