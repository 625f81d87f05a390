package io.firesteel.engine.event;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Who asked the loop to stop or to pause, and when that takes effect. */
final class Termination {
    private enum EpochStop {
        NONE,
        STOP,
        STOP_WITHOUT_COMPLETED
    }

    private record Request(String reason, boolean skipsCompleted) {}

    /** Set from any thread, as is the next; everything else belongs to the engine's. */
    private final AtomicReference<Request> request = new AtomicReference<>();

    private volatile boolean suspensionRequested;

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
        suspensionRequested = false;
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

    void requestSuspension() {
        suspensionRequested = true;
    }

    void clearSuspension() {
        suspensionRequested = false;
    }

    boolean isSuspensionRequested() {
        return suspensionRequested;
    }

    /** Forgets a request to end the epoch; whether it wanted EPOCH_COMPLETED to be left out. */
    boolean takeEpochStop() {
        boolean skips = epochStop == EpochStop.STOP_WITHOUT_COMPLETED;
        epochStop = EpochStop.NONE;
        return skips;
    }

    /** Whether nobody has asked for anything. */
    boolean isIdle() {
        return epochStop == EpochStop.NONE && request.get() == null;
    }

    /** The given step, or that of a request that takes effect after an event. */
    Step redirected(Step then) {
        if (vote == null && request.get() != null) {
            return stop();
        }
        return epochStop == EpochStop.NONE ? then : Step.LEAVE_EPOCH;
    }

    boolean isVotedOn() {
        return vote != null;
    }

    Step voted(Step then) {
        Request own = request.get();
        if (vote.agree(own != null)) {
            String reason = vote.reason(Optional.ofNullable(own).map(Request::reason));
            request.set(new Request(reason, own != null && own.skipsCompleted()));
            return stop();
        }
        return redirected(then);
    }

    private Step stop() {
        effective = request.get();
        return Step.TERMINATE;
    }

    boolean skipsCompleted() {
        return effective != null && effective.skipsCompleted();
    }

    Optional<String> requested() {
        return Optional.ofNullable(request.get()).map(Request::reason);
    }

    Optional<String> reason() {
        return Optional.ofNullable(effective).map(Request::reason);
    }
}
