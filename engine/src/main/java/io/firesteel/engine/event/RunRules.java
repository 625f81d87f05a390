package io.firesteel.engine.event;

import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * Decides whether a run goes on from where the engine is or begins anew, and refuses what contradicts it. Changes
 * nothing before every check has passed.
 */
final class RunRules {
    private final String engine;
    private final RunLimit limit;
    private final LongFunction<OptionalLong> sourceLength;

    /**
     * @param limit what the caller of run() asked for
     * @param sourceLength batches of a pass, by its number; empty if unknown or there is no data
     */
    RunRules(String engine, RunLimit limit, LongFunction<OptionalLong> sourceLength) {
        this.engine = engine;
        this.limit = limit;
        this.sourceLength = sourceLength;
    }

    void resume(State<?, ?> state, Cursor cursor, Progress progress) {
        check(progress.limit(), progress.epochs(), progress.iteration());
        OptionalLong asked = epochLength(progress);
        checkEpochLength(asked, progress.epochLength());
        OptionalLong length = progress.epochLength().isPresent() ? progress.epochLength() : asked;
        state.resume(progress.epochs(), progress.iteration(), progress.epochIteration(), length.orElse(State.UNKNOWN));
        state.begin(limit);
        cursor.moveTo(progress.data().orElseGet(() -> derived(progress)));
    }

    /** What the length of an epoch was to be: that of the one under way, or between two of the one before. */
    private OptionalLong epochLength(Progress progress) {
        if (progress.epochs() > 0 && progress.epochIteration() == 0) {
            OptionalLong last = epochLength(progress.epochs());
            if (last.equals(progress.epochLength())) {
                return last;
            }
        }
        return epochLength(progress.epochs() + 1);
    }

    private OptionalLong epochLength(long epoch) {
        return limit.epochLength().isPresent() ? limit.epochLength() : sourceLength.apply(epoch);
    }

    /** Full epochs have used up that many batches; without a length, an epoch is taken for a pass. */
    private Position derived(Progress progress) {
        OptionalLong known = sourceLength.apply(1);
        if (known.isEmpty()) {
            return new Position(progress.epochs() + 1, progress.epochIteration());
        }
        long length = known.getAsLong();
        return new Position(progress.iteration() / length + 1, progress.iteration() % length);
    }

    void startOrContinue(State<?, ?> state, Cursor cursor, Channels<?, ?> channels) {
        RunLimit last = state.limit();
        if (last == null) {
            startOver(state, cursor, channels);
            return;
        }
        check(last, state.epoch(), state.iteration());
        if (state.isDone() && limit.count() <= reached(state.epoch(), state.iteration())) {
            startOver(state, cursor, channels);
        } else {
            continueRun(state, cursor, last);
            channels.continueCounts();
        }
    }

    private void startOver(State<?, ?> state, Cursor cursor, Channels<?, ?> channels) {
        cursor.moveTo(Position.START);
        state.startOver(limit, epochLength(1).orElse(State.UNKNOWN));
        channels.resumeCounts(Map.of());
    }

    /** A suspended run goes on where it is; nothing but its limit may change. */
    void takeUp(State<?, ?> state) {
        RunLimit last = state.limit();
        check(last, state.epoch(), state.iteration());
        checkEpochLength(limit.epochLength(), state.epochLength());
        state.limit(withEpochLengthOf(last));
    }

    /** An epoch that was broken off is not taken up again: what is left of its pass is left out. */
    private void continueRun(State<?, ?> state, Cursor cursor, RunLimit last) {
        boolean explicit = limit.epochLength().isPresent() || last.epochLength().isEmpty();
        checkEpochLength(explicit ? epochLength(Math.max(1, state.epoch())) : last.epochLength(), state.epochLength());
        if (!state.isResumed()) {
            cursor.leavePass();
        }
        state.begin(withEpochLengthOf(last));
    }

    private RunLimit withEpochLengthOf(RunLimit last) {
        return last.epochLength().isPresent()
                ? limit.withEpochLength(last.epochLength().getAsLong())
                : limit;
    }

    private void check(RunLimit last, long epoch, long iteration) {
        if (last.unit() != limit.unit()) {
            throw refused("its run is limited to " + last + " (expected the same unit, restart() begins anew)");
        }
        long reached = reached(epoch, iteration);
        if (limit.count() < reached) {
            throw refused("it has run " + reached + " already (expected >= " + reached + ", restart() begins anew)");
        }
    }

    private void checkEpochLength(OptionalLong asked, OptionalLong present) {
        if (asked.isPresent() && present.isPresent() && !asked.equals(present)) {
            throw refused("an epoch would have " + asked.getAsLong() + " iterations and had " + present.getAsLong()
                    + " so far (expected the same, RunLimit.withEpochLength(" + present.getAsLong()
                    + ") keeps it, restart() begins anew)");
        }
    }

    private long reached(long epoch, long iteration) {
        return limit.inEpochs() ? epoch : iteration;
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("Cannot run engine " + engine + " to " + limit + ": " + why);
    }
}
