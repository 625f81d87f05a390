package io.firesteel.spark.coordinator;

import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.train.CheckpointRecord;
import io.firesteel.engine.train.Coordination;
import io.firesteel.engine.train.CoordinatorHandlers.Decision;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.ShardStates;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A replica's line to the coordinator on the driver. Every wait has a deadline and ends early when the task is cancelled.
 */
public final class CoordinatorClient {
    private static final long FIRST_PAUSE_NANOS = 200_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private static volatile DriverLine installed;

    private final DriverLine line;
    private final Message.Sender sender;
    private final Duration startTimeout;
    private final Duration timeout;
    private final Runnable cancellation;

    /**
     * @param runId the run
     * @param attempt the barrier stage's attempt, from 0
     * @param rank this replica
     * @param startTimeout how long to wait for the other replicas to join
     * @param timeout how long to wait for them later
     * @param cancellation called while waiting; throws when the task has been killed
     */
    public CoordinatorClient(
            String runId, int attempt, int rank, Duration startTimeout, Duration timeout, Runnable cancellation) {
        this(installed, new Message.Sender(runId, attempt, rank), startTimeout, timeout, cancellation);
    }

    CoordinatorClient(
            DriverLine line, Message.Sender sender, Duration startTimeout, Duration timeout, Runnable cancellation) {
        this.line = line;
        this.sender = sender;
        this.startTimeout = startTimeout;
        this.timeout = timeout;
        this.cancellation = cancellation;
    }

    /** Whether this process was started with {@link CoordinatorPlugin}. */
    public static boolean available() {
        return installed != null;
    }

    /** Installs the line that clients of this process use, or takes it away with null; returns the one before. */
    static DriverLine install(DriverLine line) {
        DriverLine before = installed;
        installed = line;
        return before;
    }

    /** Tells that this attempt has begun, which ends earlier ones. */
    public void started() {
        ask("start", new Message.Started(sender));
    }

    /** Joins the run and waits for the other replicas. Collective. */
    public Membership join(Member member) {
        Message.Join join = new Message.Join(sender, member);
        return (Membership) await("join the run", join, join, startTimeout);
    }

    /** Merges the states of all shards of all replicas, in shard order. Collective, with the same key on every rank. */
    public Map<String, byte[]> merge(String key, List<ShardStates> states) {
        Message.Merge merge = new Message.Merge(sender, key, states);
        Object merged = await("merge " + key, merge, new Message.Poll(sender, key), timeout);
        return ((MergedStates) merged).states();
    }

    /**
     * Gives every replica the values of all, by rank, through the driver. Collective, in the order of the numbers.
     *
     * @param number of the exchange, from 0 up by 1
     */
    public List<byte[]> exchange(long number, byte[] value) {
        Message.Exchange exchange = new Message.Exchange(sender, number, value);
        Object exchanged = await(
                "exchange " + value.length + " bytes through the driver",
                exchange,
                new Message.PollExchange(sender, number),
                timeout);
        return ((Exchanged) exchanged).values();
    }

    /** Tells where this replica stands; doesn't wait, and isn't repeated if it gets lost. */
    public void progress(Coordination.Progress progress) {
        try {
            line.send(SerializedForm.toBytes(new Message.Progress(sender, progress)));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot report progress to the driver: " + e.getMessage(), e);
        }
    }

    /** Reports a completed epoch. */
    public void epochCompleted(EpochRecord epoch) {
        ask("report epoch " + epoch.epoch(), new Message.EpochCompleted(sender, epoch));
    }

    /** Reports what a handler has found out. */
    public void found(Finding finding) {
        ask("report a finding", new Message.Found(sender, finding));
    }

    /**
     * Waits for what the driver's handlers decide at the end of an epoch that rank 0 reports. Collective.
     *
     * @return why the run ends there; empty if it goes on
     */
    public Optional<String> stopAfter(int epoch) {
        Message.AskDecision decision = new Message.AskDecision(sender, epoch);
        String reason = ((Decision) await("end epoch " + epoch, decision, decision, timeout)).stopReason();
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    /** Records a checkpoint that is written whole. */
    public void checkpointCommitted(CheckpointRecord checkpoint) {
        ask("record a checkpoint", new Message.CheckpointCommitted(sender, checkpoint));
    }

    /** Reports that this replica ends, and learns which failure was the first of the run. */
    public Optional<ReplicaFailure> failed(ReplicaFailure failure) {
        Object first = ask("report a failure", new Message.Failed(sender, failure));
        return first instanceof ReplicaFailure known ? Optional.of(known) : Optional.empty();
    }

    private Object await(String operation, Message first, Message again, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        Object reply = ask(operation, first);
        while (reply instanceof Pending pending) {
            if (System.nanoTime() > end) {
                throw CoordinatorException.deadline(
                        "Cannot " + operation + ": rank " + sender.rank() + " still waits for "
                                + String.join(", ", pending.missing()) + " (deadline " + deadline.toSeconds() + " s)");
            }
            cancellation.run();
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            reply = ask(operation, again);
        }
        return reply;
    }

    private Object ask(String operation, Message message) {
        try {
            byte[] bytes = line.ask(SerializedForm.toBytes(message));
            Object reply = bytes == null ? null : SerializedForm.fromBytes(bytes, Object.class);
            if (reply instanceof Refusal refusal) {
                throw CoordinatorException.refused("Cannot " + operation + ": " + refusal.reason());
            }
            if (reply instanceof Fault fault) {
                throw CoordinatorException.failed("Cannot " + operation + ": " + fault.reason());
            }
            return reply;
        } catch (CoordinatorException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw CoordinatorException.unreachable("Cannot " + operation + ": the driver doesn't answer: " + e, e);
        }
    }
}
