package io.firesteel.engine.event;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Who asked the loop to stop, and when that takes effect. */
final class Termination {
    private enum EpochStop {
        NONE,
        STOP,
        STOP_WITHOUT_COMPLETED
    }

    private record Request(String reason, boolean skipsCompleted) {}

    private static final Request OF_ANOTHER_REPLICA = new Request(TerminationVote.OF_ANOTHER_REPLICA, false);

    /** Set from any thread; everything else belongs to the engine's. */
    private final AtomicReference<Request> request = new AtomicReference<>();

    private EpochStop epochStop = EpochStop.NONE;
    private TerminationVote vote;
    private Request effective;

    void vote(TerminationVote newVote) {
        vote = newVote;
    }

    void clear() {
        request.set(null);
        effective = null;
        epochStop = EpochStop.NONE;
    }

    void request(String reason) {
        request.compareAndSet(null, new Request(reason, false));
    }

    void requestWithoutCompleted(String reason) {
        request.compareAndSet(null, new Request(reason, true));
    }

    void requestEpochEnd() {
        epochStop = EpochStop.STOP;
    }

    void requestEpochEndWithoutCompleted() {
        epochStop = EpochStop.STOP_WITHOUT_COMPLETED;
    }

    /** Forgets a request to end the epoch; whether it wanted EPOCH_COMPLETED to be left out. */
    boolean takeEpochStop() {
        boolean skips = epochStop == EpochStop.STOP_WITHOUT_COMPLETED;
        epochStop = EpochStop.NONE;
        return skips;
    }

    Flow afterEvent() {
        if (vote == null && request.get() != null) {
            return stop();
        }
        return epochStop == EpochStop.NONE ? Flow.GO_ON : Flow.EPOCH_TERMINATED;
    }

    boolean isVotedOn() {
        return vote != null;
    }

    Flow afterVote() {
        if (vote.agree(request.get() != null)) {
            request.compareAndSet(null, OF_ANOTHER_REPLICA);
            return stop();
        }
        return afterEvent();
    }

    private Flow stop() {
        effective = request.get();
        return Flow.RUN_TERMINATED;
    }

    boolean skipsCompleted() {
        return effective != null && effective.skipsCompleted();
    }

    Optional<String> reason() {
        return Optional.ofNullable(effective).map(Request::reason);
    }
}
