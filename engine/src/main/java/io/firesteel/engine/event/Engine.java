package io.firesteel.engine.event;

import java.util.Map;
import java.util.Optional;

/**
 * Runs a process function over batches, epoch after epoch, and fires events at which handlers run: the Engine of
 * <a href="https://docs.pytorch.org/ignite/generated/ignite.engine.engine.Engine.html">PyTorch Ignite</a>. The order of
 * events, what stops the loop and where this engine differs from Ignite's stand in {@link Events}.
 *
 * <p>One thread at a time; only {@link #terminate()} and {@link #interrupt()} may be called from others. An engine is not
 * reentrant: a handler may run another engine, not its own.
 *
 * <p>A failure of the process function, a handler or the source ends the run: EXCEPTION_RAISED fires once and the
 * exception leaves {@link #run}, with a {@link FailureContext} among its suppressed ones. The engine can run again.
 *
 * @param <B> batch
 * @param <O> output of the process function
 */
public final class Engine<B, O> {
    private final String name;
    private final State<B, O> state = new State<>();
    private final Announcer<B, O> announcer;
    private final Registrations<B, O> registrations;
    private final Runner<B, O> runner;

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
        this.announcer = new Announcer<>(this);
        this.registrations = new Registrations<>(this, announcer.channels());
        this.runner = new Runner<>(this, process, announcer);
    }

    public String name() {
        return name;
    }

    /** Position, batch, output, metrics and values of the user's; the same object in every run. */
    public State<B, O> state() {
        return state;
    }

    /**
     * The event whose handlers run, the innermost where one is fired inside another; between events, the one that the loop
     * fired last. Empty before the first run.
     */
    public Optional<Event> lastEvent() {
        return announcer.lastEvent();
    }

    /** What made the run fail, for EXCEPTION_RAISED handlers and after the run; empty once the next one starts. */
    public Optional<Throwable> failure() {
        return runner.failure();
    }

    /** Why the last run was terminated; empty if nothing but its limit ended it. Known from TERMINATE on. */
    public Optional<String> terminationReason() {
        return runner.termination().reason();
    }

    /**
     * Why a handler of this engine has asked to end the run, if one has: also before that takes effect, and where a vote decides
     * about it.
     */
    public Optional<String> requestedTermination() {
        return runner.termination().requested();
    }

    /** Whether the last run was suspended by {@link #interrupt()} and hasn't been taken up since. */
    public boolean isSuspended() {
        return runner.isSuspended();
    }

    /** How often each event fired since the start of the run, by name: those of {@link Events}, then the user's. */
    public Map<String, Long> eventCounts() {
        return announcer.channels().counts();
    }

    /**
     * Makes the engine measure {@link #handlerNanos()} from now on. It reads the clock twice for handlers that follow each
     * other, which takes as long as calling ten of them.
     */
    public void timeHandlers() {
        runner.requireIdle("time the handlers of");
        announcer.clock().enable();
    }

    /**
     * Nanoseconds that handlers took since the start of the run; 0 without {@link #timeHandlers()}. A handler that runs another
     * engine counts it too.
     */
    public long handlerNanos() {
        return announcer.clock().nanos();
    }

    /**
     * Has the time of each handler measured, from the next event on: two readings of the clock per call more than without.
     *
     * @return takes the observer off; a handler that calls this in {@link Handler#attach} takes it off with itself
     * @throws IllegalStateException if the engine has an observer
     */
    public Registration observe(HandlerObserver observer) {
        return registrations.observe(observer, announcer.clock());
    }

    /**
     * Adds events of the user's, which handlers can be registered on from then on. Those that are there already stay.
     *
     * @param events such as the {@code values()} of an enum that implements {@link Event}
     * @throws IllegalArgumentException if another event of one of these names is there, or one has none; none is added then
     */
    public void registerEvents(Event... events) {
        announcer.channels().register(events);
    }

    /**
     * Fires an event of the user's: counts it and calls its handlers before this method returns, also in the middle of
     * another event. Called in handlers and in the process function; outside of a run it fires just as well. What its
     * handlers ask of the loop takes effect after the loop's own event.
     *
     * @throws IllegalArgumentException if it isn't registered, or is one of {@link Events}
     * @throws EngineException around a checked exception of a handler; unchecked ones come as they are
     */
    public void fire(Event event) {
        announcer.fireOfUser(event);
    }

    /**
     * Registers a handler with priority 0, called after those of the same priority that are there already. Its name is that
     * of its class, or a number.
     */
    public Registration on(EventSelector when, EventHandler<B, O> handler) {
        return registrations.add(when, 0, null, handler);
    }

    /**
     * Registers a handler. One that is registered while its event fires is called from the next firing on. The same object
     * may be registered several times. One that is {@link Stateful} is saved with {@link #handlerStates()}.
     *
     * @param when at which firings of which events
     * @param priority higher is called first; the order of registration breaks ties
     * @param handlerName for error messages, and where its state is saved
     * @throws IllegalArgumentException if the engine hasn't one of the events, if one is filtered and has no counter, or if
     *     another handler with a state has that name; nothing is registered then
     */
    public Registration on(EventSelector when, int priority, String handlerName, EventHandler<B, O> handler) {
        return registrations.add(when, priority, handlerName, handler);
    }

    /**
     * Lets a handler register itself. What it returns takes off all that the handler has registered.
     *
     * @throws IllegalArgumentException if it has no name, or has a state and the name of another one that has
     */
    public Registration attach(Handler<B, O> handler) {
        return registrations.attach(handler);
    }

    /** Whether this object is registered on any event. Of a method reference, keep the object that was registered. */
    public boolean has(EventHandler<B, O> handler) {
        return registrations.has(handler);
    }

    /** Whether this object is registered on an event, whatever the filter. */
    public boolean has(EventHandler<B, O> handler, Event event) {
        return registrations.has(handler, event);
    }

    /**
     * Takes this object off an event, however often and with whatever filters it was registered there.
     *
     * @throws IllegalArgumentException if it isn't there
     */
    public void remove(EventHandler<B, O> handler, Event event) {
        registrations.remove(handler, event);
    }

    /**
     * The states of all handlers that have one, by name, in the order in which they came: those that were attached or
     * registered and implement {@link Stateful}. Nobody has to list them.
     */
    public Map<String, StateDict> handlerStates() {
        return registrations.states().states();
    }

    /**
     * Gives every handler that has a state what was saved of it. To be called once they are all there, before the run goes
     * on. A handler of which nothing was saved begins anew, and a saved state whose handler isn't there is dropped: both with
     * a warning in the log, as neither keeps a run from going on and either may be meant.
     *
     * @param saved what {@link #handlerStates()} gave
     * @throws IllegalArgumentException if a handler refuses its state; others may have theirs by then
     */
    public void restoreHandlers(Map<String, StateDict> saved) {
        runner.requireIdle("restore the handlers of");
        registrations.states().restore(saved);
    }

    /**
     * Makes {@link #terminate()} a decision of all replicas; the default is that each decides alone. Without a vote it
     * takes effect right after the event (or process function) in which it was called; with one, at the next voting
     * point, which is after the handlers of ITERATION_COMPLETED and of EPOCH_COMPLETED. Those two are enough: whatever
     * handler asks, the next voting point is at most one iteration away, and none lies between an epoch's start and its
     * first iteration, where replicas would pay for a round trip and gain nothing.
     */
    public void terminationVote(TerminationVote vote) {
        runner.requireIdle("change the termination vote of");
        runner.termination().vote(vote);
    }

    /** Ends the run: TERMINATE and COMPLETED follow. Same as {@code terminate("terminate() was called")}. */
    public void terminate() {
        terminate("terminate() was called");
    }

    /**
     * Ends the run: TERMINATE and COMPLETED follow. Remaining handlers of the current event still run; EPOCH_COMPLETED
     * doesn't fire for the epoch that is broken off. The first call counts. May be called from any thread. Has no effect
     * before the run or in TERMINATE and COMPLETED handlers; a run that is suspended ends once it is taken up.
     *
     * @param reason shown in {@link #terminationReason()}
     */
    public void terminate(String reason) {
        runner.termination().request(reason);
    }

    /**
     * Like {@link #terminate(String)}, but COMPLETED doesn't fire. With a termination vote it fires on the other
     * replicas nevertheless, so its handlers must not be collective then.
     */
    public void terminateWithoutCompleted(String reason) {
        runner.termination().requestWithoutCompleted(reason);
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
            runner.termination().requestEpochEnd();
        }
    }

    /** Like {@link #terminateEpoch()}, but EPOCH_COMPLETED doesn't fire. */
    public void terminateEpochWithoutCompleted() {
        if (isInsideEpoch()) {
            runner.termination().requestEpochEndWithoutCompleted();
        }
    }

    private boolean isInsideEpoch() {
        Event event = announcer.lastLoopEvent();
        if (!runner.isRunning() || event == Events.STARTED || event == Events.EPOCH_STARTED) {
            throw new IllegalStateException("Cannot terminate an epoch of engine " + name + ": "
                    + (runner.isRunning() ? "it is at " + event.name() : "it is not running")
                    + " (expected inside an iteration)");
        }
        return event.counter() == EventCounter.ITERATION || event == Events.DATALOADER_STOP_ITERATION;
    }

    /**
     * Suspends the run: remaining handlers of the current event still run, INTERRUPT fires, and {@code run} returns with
     * everything alive, the open source too. The next {@code run} with the same source (or without, as before) goes on
     * exactly after that point, up to its own limit; STARTED doesn't fire again, and counts and times go on. {@link
     * #restart()} and {@link #resumeAt} give the suspended run up and close its source, so an engine that is dropped should
     * be told one of them.
     *
     * <p>May be called from any thread. Has no effect before the run, in TERMINATE and COMPLETED handlers, or where the run is
     * terminated; together with {@link #terminateEpoch()} it takes effect once the epoch is left, after EPOCH_COMPLETED.
     * Not voted on: in a run with several replicas all must call it at the same event.
     */
    public void interrupt() {
        runner.termination().requestSuspension();
    }

    /**
     * How far the engine has come, exactly: iterations whose process function has returned. May be called in any
     * handler and after a run, also after one that failed, was suspended or terminated.
     *
     * @throws IllegalStateException before the first run
     */
    public Progress progress() {
        return runner.progress();
    }

    /**
     * Makes the next run go on from there: the source is opened at the exact position, no batch is fetched twice. An
     * epoch that was under way begins with EPOCH_STARTED and the rest of its iterations. A progress that is done makes
     * a run without epochs.
     */
    public void resumeAt(Progress progress) {
        runner.resumeAt(progress);
    }

    /**
     * {@link #progress()}, as {@link Progress#toMap()} names it, and the values that were put into the state under {@linkplain
     * StateKey#saved saved keys}. Handlers are saved apart: {@link #handlerStates()}.
     *
     * @throws IllegalStateException before the first run
     */
    public StateDict stateDict() {
        return new SavedRun(progress(), state.values().saved()).toStateDict();
    }

    /**
     * Makes the next run go on from a saved state, and takes its values over.
     *
     * @param saved what {@link #stateDict()} gave, or with a position in the short form of {@link Progress#fromMap}
     * @throws IllegalArgumentException if the position is contradictory, or the values aren't those that are in the state
     *     under saved keys: they have to be put there before; nothing is changed then
     */
    public void loadStateDict(StateDict saved) {
        runner.requireIdle("load a state into");
        SavedRun run = SavedRun.of(saved);
        state.values().restore(run.values());
        resumeAt(run.progress());
    }

    /**
     * The values that were put into the state under {@linkplain StateKey#saved saved keys}, without the position: also before
     * the first run.
     */
    public StateDict savedValues() {
        return StateDict.of(SavedRun.VERSION, state.values().saved());
    }

    /**
     * Takes saved values over. Nobody has to have put anything before: a value whose key isn't in use yet waits until somebody
     * looks for it, so a handler that puts a first value looks whether there is one.
     *
     * @param saved what {@link #savedValues()} gave
     * @throws IllegalArgumentException if a value isn't of its key's type, or the key isn't saved; nothing is changed then
     */
    public void restoreValues(StateDict saved) {
        runner.requireIdle("restore the values of");
        state.values().adopt(saved.toMap());
    }

    /** Makes the next run begin anew, at epoch and iteration 0. */
    public void restart() {
        runner.restart();
    }

    /**
     * Runs until the limit is reached, or {@link #terminate()} or {@link #interrupt()} takes effect. An engine that has run
     * before goes on after its last epoch if the limit lies beyond it, and begins anew if it was done; an epoch that was
     * broken off is not taken up again, unless {@link #resumeAt(Progress)} says so. A suspended run goes on where it was.
     *
     * @param data opened per pass, closed on every path but that of a suspended run
     * @throws IllegalArgumentException if the source is empty, limit and earlier run contradict each other, or a suspended
     *     run had another source
     * @throws IllegalStateException if the engine runs already
     * @throws EngineException around a checked exception; unchecked ones come as they are
     */
    public State<B, O> run(BatchSource<B> data, RunLimit limit) {
        runner.run(data, limit);
        return state;
    }

    /**
     * Runs without data: the process function is given null, and GET_BATCH and DATALOADER events don't fire.
     *
     * @param limit must have an epoch length
     * @throws IllegalArgumentException if it has none, limit and earlier run contradict each other, or a suspended run had a
     *     source
     */
    public State<B, O> run(RunLimit limit) {
        runner.run(limit);
        return state;
    }
}
