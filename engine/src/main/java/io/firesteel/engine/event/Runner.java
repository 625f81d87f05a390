package io.firesteel.engine.event;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The runs of one engine, one after the other: begins, suspends, takes up again, and fails them. */
final class Runner<B, O> {
    private final Engine<B, O> engine;
    private final ProcessFunction<B, O> process;
    private final State<B, O> state;
    private final Announcer<B, O> announcer;
    private final Termination termination = new Termination();
    private final Cursor cursor = new Cursor();

    private boolean running;
    private boolean hasData;
    private Throwable failure;
    private Progress resumption;

    /** The run that was suspended and what it read, or null. */
    private Loop<B, O> suspended;

    private BatchSource<B> suspendedSource;

    Runner(Engine<B, O> engine, ProcessFunction<B, O> process, Announcer<B, O> announcer) {
        this.engine = engine;
        this.process = process;
        this.state = engine.state();
        this.announcer = announcer;
    }

    Termination termination() {
        return termination;
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    boolean isRunning() {
        return running;
    }

    boolean isSuspended() {
        return suspended != null;
    }

    Progress progress() {
        if (resumption != null) {
            return resumption;
        }
        if (state.limit() == null) {
            throw new IllegalStateException(
                    "Cannot tell the progress of engine " + engine.name() + ": it has not run (expected a run first)");
        }
        OptionalLong length = state.epochLength();
        return new Progress(
                state.finishedEpochs(),
                state.finishedIterationsOfEpoch(),
                state.finishedIterations(),
                length.orElse(0) > 0 ? length : OptionalLong.empty(),
                hasData ? Optional.of(cursor.position()) : Optional.empty(),
                state.limit(),
                announcer.channels().firingsOfUser());
    }

    void resumeAt(Progress progress) {
        requireIdle("resume");
        resumption = progress;
        discard();
    }

    void restart() {
        requireIdle("restart");
        resumption = null;
        state.forgetRun();
        discard();
    }

    /** Closes what a suspended run has left open. */
    private void discard() {
        Loop<B, O> discarded = suspended;
        suspended = null;
        suspendedSource = null;
        if (discarded != null && discarded.feed() != null) {
            discarded.feed().close();
        }
    }

    void run(BatchSource<B> data, RunLimit limit) {
        requireIdle("run");
        OptionalLong length = data.length();
        if (length.isPresent() && length.getAsLong() < 1) {
            throw new IllegalArgumentException("Cannot run engine " + engine.name() + ": the source is empty ("
                    + length.getAsLong() + " batches, expected > 0)");
        }
        RunRules rules = new RunRules(engine.name(), limit, data::length);
        if (suspended != null) {
            takeUp(data, rules);
            return;
        }
        begin(rules);
        hasData = true;
        OptionalLong cut = state.limit().epochLength();
        boolean passIsEpoch = length.isPresent() && (cut.isEmpty() || cut.equals(length));
        run(loop(new Feed<>(data, passIsEpoch, cursor)), data);
    }

    void run(RunLimit limit) {
        requireIdle("run");
        RunRules rules = new RunRules(engine.name(), limit, pass -> OptionalLong.empty());
        if (suspended != null) {
            takeUp(null, rules);
            return;
        }
        if (limit.epochLength().isEmpty()) {
            throw new IllegalArgumentException("Cannot run engine " + engine.name()
                    + " without data: the limit has no epoch length (expected RunLimit.withEpochLength)");
        }
        begin(rules);
        hasData = false;
        run(loop(null), null);
    }

    private Loop<B, O> loop(Feed<B> feed) {
        return new Loop<>(engine, process, termination, announcer, cursor, feed);
    }

    private void begin(RunRules rules) {
        Channels<B, O> channels = announcer.channels();
        if (resumption != null) {
            channels.checkAreRegistered(resumption.firings());
            rules.resume(state, cursor, resumption);
            channels.resumeCounts(resumption.firings());
            resumption = null;
        } else {
            rules.startOrContinue(state, cursor, channels);
        }
        failure = null;
        termination.clear();
        announcer.clock().reset();
    }

    private void takeUp(BatchSource<B> data, RunRules rules) {
        if (!Objects.equals(data, suspendedSource)) {
            throw new IllegalArgumentException("Cannot run engine " + engine.name() + ": its run was suspended with "
                    + name(suspendedSource) + " and is to go on with " + name(data)
                    + " (expected the same; resumeAt(progress()) opens another source at the same place,"
                    + " restart() begins anew)");
        }
        rules.takeUp(state);
        Loop<B, O> loop = suspended;
        suspended = null;
        suspendedSource = null;
        termination.clearSuspension();
        run(loop, data);
    }

    private static String name(BatchSource<?> source) {
        return source == null ? "no source" : "source " + source;
    }

    private void run(Loop<B, O> loop, BatchSource<B> data) {
        running = true;
        try {
            loop.run();
            if (!loop.isDone()) {
                suspended = loop;
                suspendedSource = data;
            }
        } catch (Throwable raised) {
            throw fail(raised, loop.feed());
        } finally {
            running = false;
        }
    }

    /** Tells the handlers, closes the source, and throws what was raised or returns a wrapper of it to be thrown. */
    private RuntimeException fail(Throwable raised, Feed<B> feed) {
        failure = raised;
        announcer.announceFailure(raised);
        if (feed != null) {
            try {
                feed.close();
            } catch (Throwable second) {
                Channel.suppress(raised, second);
            }
        }
        return EngineException.unchecked("Cannot finish the run of engine " + engine.name(), raised);
    }

    void requireIdle(String verb) {
        if (running) {
            throw new IllegalStateException("Cannot " + verb + " engine " + engine.name() + ": it is running (at "
                    + announcer.lastEvent().map(Event::name).orElse("the start") + ", expected idle)");
        }
    }
}
