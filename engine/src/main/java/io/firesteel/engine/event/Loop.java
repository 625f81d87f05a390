package io.firesteel.engine.event;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of an engine: the pseudocode of {@link Events} as steps, so that a run that is suspended goes on with the next
 * one. Allocates nothing per iteration.
 */
final class Loop<B, O> {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final String SOURCE = "the batch source";

    private final Engine<B, O> engine;
    private final ProcessFunction<B, O> process;
    private final State<B, O> state;
    private final Termination termination;
    private final Announcer<B, O> announcer;
    private final HandlerClock clock;
    private final Cursor cursor;

    /** Null in a run without data. */
    private final Feed<B> feed;

    private final Channel<B, O> getBatchStarted;
    private final Channel<B, O> getBatchCompleted;
    private final Channel<B, O> iterationStarted;
    private final Channel<B, O> iterationCompleted;

    private Step next = Step.START;
    private long runStart;
    private long epochStart;

    /** What other than a handler runs just now; tells where a failure came from. */
    private String place;

    Loop(
            Engine<B, O> engine,
            ProcessFunction<B, O> process,
            Termination termination,
            Announcer<B, O> announcer,
            Cursor cursor,
            Feed<B> feed) {
        this.engine = engine;
        this.process = process;
        this.state = engine.state();
        this.termination = termination;
        this.announcer = announcer;
        this.clock = announcer.clock();
        this.cursor = cursor;
        this.feed = feed;
        this.getBatchStarted = announcer.channel(Events.GET_BATCH_STARTED);
        this.getBatchCompleted = announcer.channel(Events.GET_BATCH_COMPLETED);
        this.iterationStarted = announcer.channel(Events.ITERATION_STARTED);
        this.iterationCompleted = announcer.channel(Events.ITERATION_COMPLETED);
    }

    /** Null in a run without data. */
    Feed<B> feed() {
        return feed;
    }

    boolean isDone() {
        return next == Step.DONE;
    }

    /** Runs to the end or until it is suspended. */
    void run() throws Exception {
        try {
            if (next != Step.START) {
                next = redirected(next);
            }
            while (next != Step.DONE) {
                Step taken = next;
                next = take(taken);
                if (termination.isSuspensionRequested() && taken.maySuspendBefore(next)) {
                    suspend();
                    return;
                }
            }
        } catch (Throwable failure) {
            if (place != null) {
                failure.addSuppressed(new FailureContext(place, engine.name(), state));
            }
            throw failure;
        }
    }

    private void suspend() throws Exception {
        announcer.announce(Events.INTERRUPT);
        clock.stop();
    }

    private Step take(Step step) throws Exception {
        return switch (step) {
            case START -> start();
            case BEGIN_EPOCH -> beginEpoch();
            case REQUEST_BATCH -> requestBatch();
            case FETCH_BATCH -> fetchBatch();
            case FETCH_FIRST_BATCH -> fetchFirstBatch();
            case BEGIN_ITERATION -> beginIteration();
            case PROCESS -> process();
            case LEAVE_EPOCH -> leaveEpoch();
            case END_EPOCH -> endEpoch();
            case TERMINATE -> terminate();
            case COMPLETE -> complete();
            case DONE -> Step.DONE;
        };
    }

    private Step start() throws Exception {
        runStart = System.nanoTime();
        return fire(Events.STARTED, Step.BEGIN_EPOCH);
    }

    private Step beginEpoch() throws Exception {
        if (state.isDone()) {
            return Step.COMPLETE;
        }
        epochStart = System.nanoTime();
        state.beginEpoch();
        if (feed != null) {
            feed.epochLength(state.epoch()).ifPresent(state::epochLength);
        }
        return fire(Events.EPOCH_STARTED, Step.REQUEST_BATCH);
    }

    private Step requestBatch() throws Exception {
        if (state.isEpochFull()) {
            return Step.END_EPOCH;
        }
        if (state.isAtIterationLimit()) {
            return Step.TERMINATE;
        }
        if (feed == null) {
            state.fetched(null);
            return beginIteration();
        }
        state.clearBatch();
        if (!feed.isOpen()) {
            openFeed();
        }
        return fire(getBatchStarted, Step.FETCH_BATCH);
    }

    /** The source ran dry: the first pass of unknown length ends the epoch, any other is followed by the next pass. */
    private Step fetchBatch() throws Exception {
        if (hasNext()) {
            return next();
        }
        if (state.epochLength().isEmpty()) {
            discoverEpochLength();
            return Step.END_EPOCH;
        }
        return fire(Events.DATALOADER_STOP_ITERATION, Step.FETCH_FIRST_BATCH);
    }

    private Step fetchFirstBatch() throws Exception {
        openNextPass();
        if (hasNext()) {
            return next();
        }
        reportShortEpoch();
        return Step.END_EPOCH;
    }

    private Step next() throws Exception {
        enter(SOURCE);
        state.fetched(feed.next());
        place = null;
        return fire(getBatchCompleted, Step.BEGIN_ITERATION);
    }

    private Step beginIteration() throws Exception {
        state.beginIteration();
        return fire(iterationStarted, Step.PROCESS);
    }

    private Step process() throws Exception {
        enter("the process function");
        state.endIteration(process.process(engine, state.batch()));
        cursor.processed();
        place = null;
        announcer.announce(iterationCompleted);
        return voted(Step.REQUEST_BATCH);
    }

    private Step leaveEpoch() throws Exception {
        announcer.announce(Events.TERMINATE_SINGLE_EPOCH);
        if (feed != null) {
            enter(SOURCE);
            feed.leavePass();
            place = null;
        }
        return Step.END_EPOCH;
    }

    private Step endEpoch() throws Exception {
        state.epochTook(System.nanoTime() - epochStart);
        state.endEpoch();
        if (termination.takeEpochStop()) {
            return redirected(Step.BEGIN_EPOCH);
        }
        announcer.announce(Events.EPOCH_COMPLETED);
        Step then = voted(Step.BEGIN_EPOCH);
        state.epochTook(System.nanoTime() - epochStart);
        return then;
    }

    private Step terminate() throws Exception {
        announcer.announce(Events.TERMINATE);
        return Step.COMPLETE;
    }

    private Step complete() throws Exception {
        state.runTook(System.nanoTime() - runStart);
        if (!termination.skipsCompleted()) {
            announcer.announce(Events.COMPLETED);
        }
        clock.stop();
        state.runTook(System.nanoTime() - runStart);
        closeFeed();
        return Step.DONE;
    }

    private void discoverEpochLength() {
        state.discoverEpochLength();
        if (state.epochIteration() == 0) {
            LOG.warn("Engine {} ends its run: the source has no batch", engine.name());
        }
    }

    private void reportShortEpoch() {
        LOG.warn(
                "Engine {} ends epoch {} after {} of {} iterations: the source has no further batch",
                engine.name(),
                state.epoch(),
                state.epochIteration(),
                state.epochLength().orElse(State.UNKNOWN));
        if (state.epochIteration() == 0 && state.maxIterations().isPresent()) {
            state.exhaust();
        }
    }

    private void openFeed() {
        enter(SOURCE);
        feed.open(state.epoch());
        place = null;
    }

    private void openNextPass() {
        enter(SOURCE);
        feed.openNextPass(state.epoch());
        place = null;
    }

    private void closeFeed() {
        if (feed != null) {
            enter(SOURCE);
            feed.close();
            place = null;
        }
    }

    private boolean hasNext() {
        enter(SOURCE);
        boolean more = feed.hasNext();
        place = null;
        return more;
    }

    private void enter(String newPlace) {
        clock.stop();
        place = newPlace;
    }

    private Step fire(Events event, Step then) throws Exception {
        announcer.announce(event);
        return redirected(then);
    }

    private Step fire(Channel<B, O> channel, Step then) throws Exception {
        announcer.announce(channel);
        return redirected(then);
    }

    /** The given step, or that of a request that takes effect now. */
    private Step redirected(Step then) {
        return termination.isIdle() ? then : termination.redirected(then);
    }

    private Step voted(Step then) {
        if (!termination.isVotedOn()) {
            return redirected(then);
        }
        enter("the termination vote");
        Step voted = termination.voted(then);
        place = null;
        return voted;
    }
}
