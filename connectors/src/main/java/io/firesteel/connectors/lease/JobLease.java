package io.firesteel.connectors.lease;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.ArtifactException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to work on something that one process has at a time, on any machines. It is kept in a directory, and is another's to
 * take when its owner has closed it; when its owner's process is known to have ended, which can be seen on the same machine; or
 * when the owner has given no sign of life for the term that it asked for. A thread gives these signs, every sixth of the term. What
 * counts is the clock of the storage: clocks of machines don't matter.
 *
 * <p>An owner that was stopped and wakes up, or couldn't reach the storage for a term, learns that it has lost the lease, by {@link
 * #onLost} or {@link #checkHeld}. It may learn it late; so what is done under a lease must be harmless when two do it. Any thread
 * may call.
 */
public final class JobLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobLease.class);
    private static final int BEATS_PER_TERM = 6;

    private final LeaseFiles files;
    private final LeaseOwner me;
    private final int number;
    private final List<Consumer<LeaseLostException>> listeners = new ArrayList<>();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "firesteel-lease");
        thread.setDaemon(true);
        return thread;
    });

    private volatile long lastSignNanos;
    private LeaseLostException loss;

    private JobLease(LeaseFiles files, LeaseOwner me, int number, long startNanos) {
        this.files = files;
        this.me = me;
        this.number = number;
        this.lastSignNanos = startNanos;
    }

    /**
     * Takes a lease if it is free.
     *
     * @param location of its directory, which needn't exist: Hadoop path or URI
     * @param term after which it is free if this process gives no sign of life; at least 1 s
     * @throws LeaseException if the directory can't be read or written
     */
    public static LeaseAnswer acquire(String location, Duration term, Configuration hadoop) {
        if (term.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "Invalid term of a lease: " + term.toMillis() + " ms (must be 1000 or more)");
        }
        LeaseOwner me = new LeaseOwner(
                System.getProperty("user.name"),
                host(),
                ProcessPlace.ofThis(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                term);
        long start = System.nanoTime();
        try {
            LeaseContest.Outcome outcome =
                    new LeaseContest(new LeaseFiles(ArtifactDirectory.of(location, hadoop)), me).run();
            if (outcome.held().isPresent()) {
                return outcome.held().get();
            }
            JobLease lease = new JobLease(beating(location, term, hadoop), me, outcome.number(), start);
            lease.startBeating();
            return new LeaseAnswer.Acquired(lease);
        } catch (ArtifactException e) {
            throw new LeaseException("Cannot take the lease " + location + ": " + e.getMessage(), e);
        }
    }

    /** This process, as others see it. */
    public LeaseOwner owner() {
        return me;
    }

    /** Has someone told when the lease is lost, on a thread of the lease's own; at once if it is already. */
    public void onLost(Consumer<LeaseLostException> listener) {
        Optional<LeaseLostException> already;
        synchronized (listeners) {
            listeners.add(listener);
            already = Optional.ofNullable(loss);
        }
        already.ifPresent(listener);
    }

    /**
     * Makes sure that the lease is held: as of the last beat, or where that is longer ago than it should be, as of now.
     *
     * @throws LeaseLostException if not
     */
    public void checkHeld() {
        if (findLoss().isEmpty() && sinceLastSign().compareTo(me.term().dividedBy(2)) > 0) {
            beat();
        }
        Optional<LeaseLostException> known = findLoss();
        if (known.isPresent()) {
            throw known.get();
        }
    }

    /** Gives the lease back, if it is still held. Closing twice is harmless. */
    @Override
    public void close() {
        if (heart.isShutdown()) {
            return;
        }
        heart.shutdown();
        try {
            if (!heart.awaitTermination(me.term().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "The lease {} is still being renewed; it will be free in {} s",
                        files.uri(),
                        me.term().toSeconds());
            }
            if (findLoss().isEmpty()) {
                files.end(number);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ArtifactException e) {
            LOG.warn(
                    "Cannot give back the lease {}; it will be free in {} s",
                    files.uri(),
                    me.term().toSeconds(),
                    e);
        }
    }

    private void startBeating() {
        long period = Math.max(1, me.term().toMillis() / BEATS_PER_TERM);
        // The handle is the executor's own: it ends with it.
        var unused = heart.scheduleWithFixedDelay(this::beat, 0, period, TimeUnit.MILLISECONDS);
    }

    /** Looks first, so that who slept doesn't give signs of life under another's eyes. */
    private synchronized void beat() {
        if (findLoss().isPresent()) {
            return;
        }
        long start = System.nanoTime();
        try {
            if (files.newest() != number) {
                lose(new LeaseLostException("Cannot go on: the lease " + files.uri() + " went to "
                        + files.owner(files.newest()).map(LeaseOwner::toString).orElse("another")
                        + ", as this process gave no sign of life for "
                        + me.term().toSeconds() + " s"));
                return;
            }
            files.beat(number);
            lastSignNanos = start;
        } catch (ArtifactException e) {
            failedToBeat(e);
        }
    }

    private void failedToBeat(ArtifactException e) {
        if (Thread.currentThread().isInterrupted() || heart.isShutdown()) {
            return;
        }
        if (sinceLastSign().compareTo(me.term()) >= 0) {
            lose(new LeaseLostException(
                    "Cannot go on: the lease " + files.uri() + " couldn't be renewed for "
                            + me.term().toSeconds() + " s, so another may have it: " + e.getMessage(),
                    e));
        } else {
            LOG.warn("Cannot renew the lease {} for now: {}", files.uri(), e.getMessage());
        }
    }

    private void lose(LeaseLostException lost) {
        List<Consumer<LeaseLostException>> told;
        synchronized (listeners) {
            loss = lost;
            told = List.copyOf(listeners);
        }
        heart.shutdown();
        told.forEach(listener -> listener.accept(lost));
    }

    private Optional<LeaseLostException> findLoss() {
        synchronized (listeners) {
            return Optional.ofNullable(loss);
        }
    }

    private Duration sinceLastSign() {
        return Duration.ofNanos(System.nanoTime() - lastSignNanos);
    }

    /** A beat that is tried for longer than until the next would be late in any case. */
    private static LeaseFiles beating(String location, Duration term, Configuration hadoop) {
        Configuration hurried = new Configuration(hadoop);
        hurried.set("firesteel.storage.retry.budget", term.toMillis() / BEATS_PER_TERM + "ms");
        return new LeaseFiles(ArtifactDirectory.of(location, hurried));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }
}
