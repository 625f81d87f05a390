package io.firesteel.spark.coordinator;

import io.firesteel.engine.train.CoordinatorHandlers;
import io.firesteel.engine.train.CoordinatorHandlers.Decision;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.ShardStates;
import io.firesteel.engine.train.StateMerger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/**
 * The driver's side of one run. It lives from {@link #open} to {@link #close}; messages of replicas reach it through
 * {@link #receive}, on the one thread of Spark's plugin endpoint, so no call may block.
 *
 * <p>Everything is kept per attempt of the barrier stage: when Spark starts a new one after the loss of an executor, what
 * the former attempt left half done is forgotten, and its late messages are refused.
 */
public final class Coordinator implements AutoCloseable {
    private static final ConcurrentMap<String, Coordinator> OPEN = new ConcurrentHashMap<>();

    private final String runId;
    private final int replicas;
    private final StateMerger merger;
    private final RunListener listener;
    private final Optional<CoordinatorHandlers> handlers;

    private boolean begun;
    private int attempt;
    private final Map<Integer, Member> members = new HashMap<>();
    private final Map<String, PendingMerge> merges = new HashMap<>();
    private final RelayedExchanges exchanges;
    private ReplicaFailure firstFailure;

    /** In this attempt. */
    private int reportedEpochs;

    /** The commit log: of all attempts, the last checkpoint that was written whole. */
    private String checkpoint = "";

    private Coordinator(
            String runId,
            int replicas,
            StateMerger merger,
            RunListener listener,
            Optional<CoordinatorHandlers> handlers) {
        this.runId = runId;
        this.replicas = replicas;
        this.merger = merger;
        this.listener = listener;
        this.handlers = handlers;
        this.exchanges = new RelayedExchanges(replicas);
    }

    /**
     * Makes a coordinator that replicas of this run reach.
     *
     * @param runId the run
     * @param replicas how many take part
     * @param merger merges their states
     * @param listener hears of the run
     * @throws IllegalStateException if this run has a coordinator already
     */
    public static Coordinator open(String runId, int replicas, StateMerger merger, RunListener listener) {
        return open(runId, replicas, merger, listener, Optional.empty());
    }

    /**
     * Makes a coordinator that replicas of this run reach, and that asks handlers about each epoch.
     *
     * @param runId the run
     * @param replicas how many take part
     * @param merger merges their states
     * @param listener hears of the run; of an epoch once the handlers have returned
     * @param handlers hear of each epoch once, and decide whether the run goes on; stay the caller's
     * @throws IllegalStateException if this run has a coordinator already
     */
    public static Coordinator open(
            String runId,
            int replicas,
            StateMerger merger,
            RunListener listener,
            Optional<CoordinatorHandlers> handlers) {
        Coordinator coordinator = new Coordinator(runId, replicas, merger, listener, handlers);
        if (OPEN.putIfAbsent(runId, coordinator) != null) {
            throw new IllegalStateException("Cannot coordinate run " + runId + ": it runs in this process already");
        }
        return coordinator;
    }

    /** Hands a message to the coordinator of its run; messages of runs that are over get no answer. */
    static Object dispatch(Message message) {
        Coordinator coordinator = OPEN.get(message.sender().runId());
        return coordinator == null
                ? new Refusal("run " + message.sender().runId() + " is over")
                : coordinator.receive(message);
    }

    /** Attempts of the barrier stage that came after the first. */
    public synchronized int restarts() {
        return attempt;
    }

    /** The failure that came first in the current attempt. */
    public synchronized Optional<ReplicaFailure> firstFailure() {
        return Optional.ofNullable(firstFailure);
    }

    @Override
    public void close() {
        OPEN.remove(runId, this);
    }

    synchronized Object receive(Message message) {
        int from = message.sender().attempt();
        if (from < attempt) {
            return new Refusal("attempt " + from + " is over, attempt " + attempt + " has begun");
        }
        if (from > attempt || !begun) {
            begin(from);
        }
        if (message instanceof Message.Started) {
            return null;
        }
        if (message instanceof Message.Join join) {
            return join(join);
        }
        if (message instanceof Message.Merge merge) {
            return merge(merge);
        }
        if (message instanceof Message.Poll poll) {
            return answer(merges.computeIfAbsent(poll.key(), key -> new PendingMerge()));
        }
        if (message instanceof Message.Exchange exchange) {
            exchanges.add(exchange.number(), exchange.sender().rank(), exchange.value());
            return exchanged(exchange.number());
        }
        if (message instanceof Message.PollExchange poll) {
            return exchanged(poll.number());
        }
        if (message instanceof Message.AskDecision ask) {
            return decision(ask.epoch());
        }
        return report(message);
    }

    private Object decision(int epoch) {
        if (handlers.isEmpty()) {
            return Decision.GO_ON;
        }
        Optional<Decision> decision = handlers.get().decision(epoch);
        if (decision.isPresent()) {
            return decision.get();
        }
        return waitFor(reportedEpochs < epoch ? List.of(name(0)) : List.of("handlers on the driver"));
    }

    private Object exchanged(long number) {
        return exchanges
                .complete(number)
                .<Object>map(Exchanged::new)
                .orElseGet(() -> waitFor(exchanges.present(number)));
    }

    private Object report(Message message) {
        if (message instanceof Message.Progress progress) {
            listener.progress(progress.progress());
            return null;
        }
        if (message instanceof Message.EpochCompleted completed) {
            reportedEpochs = completed.epoch().epoch();
            handlers.ifPresentOrElse(
                    told -> told.epochCompleted(completed.epoch()), () -> listener.epochCompleted(completed.epoch()));
            return true;
        }
        if (message instanceof Message.Found found) {
            listener.found(found.finding());
            return true;
        }
        if (message instanceof Message.CheckpointCommitted committed) {
            checkpoint = committed.checkpoint().location();
            listener.checkpointCommitted(committed.checkpoint());
            return true;
        }
        Message.Failed failed = (Message.Failed) message;
        if (firstFailure == null) {
            firstFailure = failed.failure();
            listener.failed(attempt, firstFailure);
        }
        return firstFailure;
    }

    private void begin(int newAttempt) {
        begun = true;
        attempt = newAttempt;
        listener.started(newAttempt);
        members.clear();
        merges.clear();
        exchanges.clear();
        firstFailure = null;
        reportedEpochs = 0;
    }

    private Object join(Message.Join join) {
        boolean wasComplete = members.size() == replicas;
        members.put(join.member().rank(), join.member());
        if (members.size() < replicas) {
            return waitFor(members.keySet());
        }
        Membership membership = new Membership(List.copyOf(members.values()), checkpoint);
        if (!wasComplete) {
            listener.joined(attempt, membership);
            beginHandlers(membership);
        }
        return membership;
    }

    /** Without rows, replicas are about to fail for that. */
    private void beginHandlers(Membership membership) {
        if (membership.training().rows() > 0) {
            handlers.ifPresent(told -> told.begin(membership.trainingRows(), this::epochHandled));
        }
    }

    private synchronized void epochHandled(EpochRecord epoch) {
        listener.epochCompleted(epoch);
    }

    private Object merge(Message.Merge merge) {
        PendingMerge pending = merges.computeIfAbsent(merge.key(), key -> new PendingMerge());
        if (pending.ranks.add(merge.sender().rank())) {
            pending.states.addAll(merge.states());
            if (pending.ranks.size() == replicas) {
                pending.result = new MergedStates(merger.merge(pending.states));
                pending.states.clear();
            }
        }
        return answer(pending);
    }

    private Object answer(PendingMerge merge) {
        return merge.result != null ? merge.result : waitFor(merge.ranks);
    }

    private Object waitFor(Set<Integer> present) {
        return waitFor(missing(present));
    }

    /** Nobody waits for the others when one has failed: it won't come. */
    private Object waitFor(List<String> missing) {
        return firstFailure == null
                ? new Pending(missing)
                : new Refusal("rank " + firstFailure.rank() + " on " + firstFailure.host() + " has failed");
    }

    private List<String> missing(Set<Integer> present) {
        return IntStream.range(0, replicas)
                .filter(rank -> !present.contains(rank))
                .mapToObj(this::name)
                .toList();
    }

    private String name(int rank) {
        return "rank " + rank
                + (members.containsKey(rank) ? " on " + members.get(rank).host() : "");
    }

    /** Kept after the last rank has sent: the others still ask for it. One per merge of an attempt, a few hundred bytes each. */
    private static final class PendingMerge {
        private final Set<Integer> ranks = new HashSet<>();
        private final List<ShardStates> states = new ArrayList<>();
        private MergedStates result;
    }
}
