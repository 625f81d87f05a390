package io.firesteel.engine.event;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs a process function over batches, epoch after epoch, and fires events at which handlers run: the Engine of
 * <a href="https://docs.pytorch.org/ignite/generated/ignite.engine.engine.Engine.html">PyTorch Ignite</a>. The order of
 * events, what stops the loop and where this engine differs from Ignite's stand in {@link Events}.
 *
 * <p>One thread at a time; only {@link #terminate()} may be called from others. An engine is not reentrant: a handler
 * may run another engine, not its own.
 *
 * <p>A failure of the process function, a handler or the source ends the run: EXCEPTION_RAISED fires once and the
 * exception leaves {@link #run}, with a {@link FailureContext} among its suppressed ones. The engine can run again.
 *
 * @param <B> batch
 * @param <O> output of the process function
 */
public final class Engine<B, O> {
    private final String name;
    private final ProcessFunction<B, O> process;
    private final State<B, O> state = new State<>();
    private final HandlerClock clock = new HandlerClock();
    private final Channels<B, O> channels = new Channels<>(this, clock);
    private final Termination termination = new Termination();
    private final Cursor cursor = new Cursor();

    private boolean running;
    private boolean hasData;
    private Event lastEvent;
    private Throwable failure;
    private Progress resumption;

    /**
     * An engine without handlers.
     *
     * @param name for logs and error messages, such as {@code train}
     * @param process what is done with each batch
     */
    public Engine(String name, ProcessFunction<B, O> process) {
        if (name == null || name.isBlank() || process == null) {
            throw new IllegalArgumentException("Cannot create an engine: name is " + name + ", process function is "
                    + process + " (expected both)");
        }
        this.name = name;
        this.process = process;
    }

    public String name() {
        return name;
    }

    /** Position, batch, output and metrics; the same object in every run. */
    public State<B, O> state() {
        return state;
    }

    /** The event that fired last; empty before the first run. */
    public Optional<Event> lastEvent() {
        return Optional.ofNullable(lastEvent);
    }

    /** What made the run fail, for EXCEPTION_RAISED handlers and after the run; empty once the next one starts. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Why the last run was terminated; empty if nothing but its limit ended it. Known from TERMINATE on. */
    public Optional<String> terminationReason() {
        return termination.reason();
    }

    /** How often each event fired since the start of the run, by name, in the order of {@link Events}. */
    public Map<String, Long> eventCounts() {
        return channels.counts();
    }

    /** Nanoseconds that handlers took since the start of the run. A handler that runs another engine counts it too. */
    public long handlerNanos() {
        return clock.nanos();
    }

    /** Registers a handler with priority 0, called after those of the same priority that are there already. */
    public Registration on(EventSelector when, EventHandler<B, O> handler) {
        return channels.add(when, 0, null, handler);
    }

    /**
     * Registers a handler. One that is registered while its event fires is called from the next firing on.
     *
     * @param when at which firings of which events
     * @param priority higher is called first; the order of registration breaks ties
     * @param handlerName for error messages
     * @throws IllegalArgumentException if an event has no counter and the selector filters it
     */
    public Registration on(EventSelector when, int priority, String handlerName, EventHandler<B, O> handler) {
        return channels.add(when, priority, handlerName, handler);
    }

    /**
     * Makes {@link #terminate()} a decision of all replicas; the default is that each decides alone. Without a vote it
     * takes effect right after the event (or process function) in which it was called; with one, at the next voting
     * point, which is after the handlers of ITERATION_COMPLETED and of EPOCH_COMPLETED. Those two are enough: whatever
     * handler asks, the next voting point is at most one iteration away, and none lies between an epoch's start and its
     * first iteration, where replicas would pay for a round trip and gain nothing.
     */
    public void terminationVote(TerminationVote vote) {
        requireIdle("change the termination vote of");
        termination.vote(vote);
    }

    /** Ends the run: TERMINATE and COMPLETED follow. Same as {@code terminate("terminate() was called")}. */
    public void terminate() {
        terminate("terminate() was called");
    }

    /**
     * Ends the run: TERMINATE and COMPLETED follow. Remaining handlers of the current event still run; EPOCH_COMPLETED
     * doesn't fire for the epoch that is broken off. The first call counts. May be called from any thread. Has no effect
     * before the run or in COMPLETED handlers.
     *
     * @param reason shown in {@link #terminationReason()}
     */
    public void terminate(String reason) {
        termination.request(reason);
    }

    /**
     * Like {@link #terminate(String)}, but COMPLETED doesn't fire. With a termination vote it fires on the other
     * replicas nevertheless, so its handlers must not be collective then.
     */
    public void terminateWithoutCompleted(String reason) {
        termination.requestWithoutCompleted(reason);
    }

    /**
     * Ends the epoch: TERMINATE_SINGLE_EPOCH and EPOCH_COMPLETED follow, and the next epoch begins with the next pass
     * over the source. What is left out isn't made up for. To be called in the process function or a handler of an
     * event between EPOCH_STARTED and EPOCH_COMPLETED; ignored in handlers of later events. Not voted on: in a run with
     * several replicas all must call it at the same event.
     *
     * @throws IllegalStateException at STARTED or EPOCH_STARTED, or if no run is under way
     */
    public void terminateEpoch() {
        if (isInsideEpoch()) {
            termination.requestEpochEnd();
        }
    }

    /** Like {@link #terminateEpoch()}, but EPOCH_COMPLETED doesn't fire. */
    public void terminateEpochWithoutCompleted() {
        if (isInsideEpoch()) {
            termination.requestEpochEndWithoutCompleted();
        }
    }

    private boolean isInsideEpoch() {
        if (!running || lastEvent == Events.STARTED || lastEvent == Events.EPOCH_STARTED) {
            throw new IllegalStateException("Cannot terminate an epoch of engine " + name + ": "
                    + (running ? "it is at " + lastEvent.name() : "it is not running")
                    + " (expected inside an iteration)");
        }
        return lastEvent.counter() == EventCounter.ITERATION || lastEvent == Events.DATALOADER_STOP_ITERATION;
    }

    /**
     * How far the engine has come, exactly: iterations whose process function has returned. May be called in any
     * handler and after a run, also after one that failed or was terminated.
     *
     * @throws IllegalStateException before the first run
     */
    public Progress progress() {
        if (state.limit() == null) {
            throw new IllegalStateException(
                    "Cannot tell the progress of engine " + name + ": it has not run (expected a run first)");
        }
        OptionalLong length = state.epochLength();
        return new Progress(
                state.finishedEpochs(),
                state.finishedIterationsOfEpoch(),
                state.finishedIterations(),
                length.orElse(0) > 0 ? length : OptionalLong.empty(),
                hasData ? Optional.of(cursor.position()) : Optional.empty(),
                state.limit());
    }

    /**
     * Makes the next run go on from there: the source is opened at the exact position, no batch is fetched twice. An
     * epoch that was under way begins with EPOCH_STARTED and the rest of its iterations. A progress that is done makes
     * a run without epochs.
     */
    public void resumeAt(Progress progress) {
        requireIdle("resume");
        resumption = progress;
    }

    /** Makes the next run begin anew, at epoch and iteration 0. */
    public void restart() {
        requireIdle("restart");
        resumption = null;
        state.forgetRun();
    }

    /**
     * Runs until the limit is reached or {@link #terminate()} takes effect. An engine that has run before goes on after
     * its last epoch if the limit lies beyond it, and begins anew if it was done; an epoch that was broken off is not
     * taken up again, unless {@link #resumeAt(Progress)} says so.
     *
     * @param data opened per pass, closed on every path
     * @throws IllegalArgumentException if the source is empty, or limit and earlier run contradict each other
     * @throws IllegalStateException if the engine runs already
     * @throws EngineException around a checked exception; unchecked ones come as they are
     */
    public State<B, O> run(BatchSource<B> data, RunLimit limit) {
        requireIdle("run");
        OptionalLong length = data.length();
        if (length.isPresent() && length.getAsLong() < 1) {
            throw new IllegalArgumentException("Cannot run engine " + name + ": the source is empty ("
                    + length.getAsLong() + " batches, expected > 0)");
        }
        begin(limit, length);
        hasData = true;
        return run(new Feed<>(data, length, state.epochLength(), cursor));
    }

    /**
     * Runs without data: the process function is given null, and GET_BATCH and DATALOADER events don't fire.
     *
     * @param limit must have an epoch length
     * @throws IllegalArgumentException if it has none, or limit and earlier run contradict each other
     */
    public State<B, O> run(RunLimit limit) {
        requireIdle("run");
        if (limit.epochLength().isEmpty()) {
            throw new IllegalArgumentException("Cannot run engine " + name
                    + " without data: the limit has no epoch length (expected RunLimit.withEpochLength)");
        }
        begin(limit, OptionalLong.empty());
        hasData = false;
        return run((Feed<B>) null);
    }

    private void begin(RunLimit limit, OptionalLong sourceLength) {
        RunRules rules = new RunRules(name, limit, sourceLength);
        if (resumption != null) {
            rules.resume(state, cursor, resumption, sourceLength);
            resumption = null;
        } else {
            rules.startOrContinue(state, cursor);
        }
        failure = null;
        termination.clear();
        channels.resetCounts();
        clock.reset();
    }

    private State<B, O> run(Feed<B> feed) {
        running = true;
        try {
            new Loop<>(this, process, termination, channels, clock, cursor, feed).run();
            return state;
        } catch (Throwable raised) {
            throw fail(raised, feed);
        } finally {
            running = false;
        }
    }

    /** Tells the handlers, closes the source, and throws what was raised or returns a wrapper of it to be thrown. */
    private RuntimeException fail(Throwable raised, Feed<B> feed) {
        failure = raised;
        lastEvent = Events.EXCEPTION_RAISED;
        channels.of(Events.EXCEPTION_RAISED).fireFor(raised);
        close(feed, raised);
        if (raised instanceof Error error) {
            throw error;
        }
        if (raised instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (raised instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new EngineException("Cannot finish the run of engine " + name + ": " + raised, raised);
    }

    private void close(Feed<B> feed, Throwable raised) {
        if (feed != null) {
            try {
                feed.close();
            } catch (Throwable second) {
                Channel.suppress(raised, second);
            }
        }
    }

    void fire(Events event) throws Exception {
        fire(channels.of(event));
    }

    void fire(Channel<B, O> channel) throws Exception {
        lastEvent = channel.event();
        channel.fire();
    }

    private void requireIdle(String verb) {
        if (running) {
            throw new IllegalStateException("Cannot " + verb + " engine " + name + ": it is running (at "
                    + lastEvent().map(Event::name).orElse("the start") + ", expected idle)");
        }
    }
}
