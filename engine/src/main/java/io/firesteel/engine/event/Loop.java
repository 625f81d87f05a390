package io.firesteel.engine.event;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of an engine: the pseudocode of {@link Events} in Java. Allocates nothing per iteration. */
final class Loop<B, O> {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final String SOURCE = "the batch source";

    private final Engine<B, O> engine;
    private final ProcessFunction<B, O> process;
    private final State<B, O> state;
    private final Termination termination;
    private final HandlerClock clock;
    private final Cursor cursor;

    /** Null in a run without data. */
    private final Feed<B> feed;

    private final Channel<B, O> getBatchStarted;
    private final Channel<B, O> getBatchCompleted;
    private final Channel<B, O> iterationStarted;
    private final Channel<B, O> iterationCompleted;

    /** What other than a handler runs just now; tells where a failure came from. */
    private String place;

    Loop(
            Engine<B, O> engine,
            ProcessFunction<B, O> process,
            Termination termination,
            Channels<B, O> channels,
            HandlerClock clock,
            Cursor cursor,
            Feed<B> feed) {
        this.engine = engine;
        this.process = process;
        this.state = engine.state();
        this.termination = termination;
        this.clock = clock;
        this.cursor = cursor;
        this.feed = feed;
        this.getBatchStarted = channels.of(Events.GET_BATCH_STARTED);
        this.getBatchCompleted = channels.of(Events.GET_BATCH_COMPLETED);
        this.iterationStarted = channels.of(Events.ITERATION_STARTED);
        this.iterationCompleted = channels.of(Events.ITERATION_COMPLETED);
    }

    void run() throws Exception {
        try {
            runEpochs();
        } catch (Throwable failure) {
            if (place != null) {
                failure.addSuppressed(new FailureContext(place, engine.name(), state));
            }
            throw failure;
        }
    }

    private void runEpochs() throws Exception {
        long start = System.nanoTime();
        Flow flow = fire(Events.STARTED);
        while (flow == Flow.GO_ON && !state.isDone()) {
            flow = epoch();
        }
        if (flow == Flow.RUN_TERMINATED) {
            engine.fire(Events.TERMINATE);
        }
        state.runTook(System.nanoTime() - start);
        if (!termination.skipsCompleted()) {
            engine.fire(Events.COMPLETED);
        }
        clock.stop();
        state.runTook(System.nanoTime() - start);
        closeFeed();
    }

    private Flow epoch() throws Exception {
        long start = System.nanoTime();
        state.beginEpoch();
        Flow flow = fire(Events.EPOCH_STARTED);
        if (flow == Flow.GO_ON) {
            flow = iterations();
        }
        if (flow == Flow.RUN_TERMINATED) {
            return flow;
        }
        if (flow == Flow.EPOCH_TERMINATED) {
            leaveEpoch();
        }
        state.epochTook(System.nanoTime() - start);
        flow = completeEpoch();
        state.epochTook(System.nanoTime() - start);
        return flow;
    }

    private Flow iterations() throws Exception {
        while (!state.isEpochFull()) {
            if (state.isAtIterationLimit()) {
                return Flow.RUN_TERMINATED;
            }
            Flow flow = iteration();
            if (flow != Flow.GO_ON) {
                return flow;
            }
        }
        return Flow.GO_ON;
    }

    private Flow iteration() throws Exception {
        Flow flow = feed == null ? skipFetch() : fetch();
        if (flow != Flow.GO_ON) {
            return flow;
        }
        state.beginIteration();
        flow = fire(iterationStarted);
        if (flow != Flow.GO_ON) {
            return flow;
        }
        process();
        engine.fire(iterationCompleted);
        return vote();
    }

    private Flow skipFetch() {
        state.fetched(null);
        return Flow.GO_ON;
    }

    private Flow fetch() throws Exception {
        state.clearBatch();
        if (!feed.isOpen()) {
            openFeed();
        }
        Flow flow = fire(getBatchStarted);
        if (flow == Flow.GO_ON && !hasNext()) {
            flow = refill();
        }
        if (flow != Flow.GO_ON) {
            return flow;
        }
        next();
        return fire(getBatchCompleted);
    }

    /** The source ran dry: the first pass of unknown length ends the epoch, any other is followed by the next pass. */
    private Flow refill() throws Exception {
        if (state.epochLength().isEmpty()) {
            discoverEpochLength();
            return Flow.EPOCH_ENDED;
        }
        Flow flow = fire(Events.DATALOADER_STOP_ITERATION);
        if (flow != Flow.GO_ON) {
            return flow;
        }
        openNextPass();
        if (hasNext()) {
            return Flow.GO_ON;
        }
        endShortEpoch();
        return Flow.EPOCH_ENDED;
    }

    private void discoverEpochLength() {
        state.discoverEpochLength();
        if (state.epochIteration() == 0) {
            LOG.warn("Engine {} ends its run: the source has no batch", engine.name());
        }
    }

    private void endShortEpoch() {
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

    private void leaveEpoch() throws Exception {
        engine.fire(Events.TERMINATE_SINGLE_EPOCH);
        if (feed != null) {
            enter(SOURCE);
            feed.leavePass();
            place = null;
        }
    }

    private Flow completeEpoch() throws Exception {
        state.endEpoch();
        if (termination.takeEpochStop()) {
            return termination.afterEvent();
        }
        engine.fire(Events.EPOCH_COMPLETED);
        return vote();
    }

    private void process() throws Exception {
        enter("the process function");
        state.endIteration(process.process(engine, state.batch()));
        cursor.processed();
        place = null;
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

    private void next() {
        enter(SOURCE);
        state.fetched(feed.next());
        place = null;
    }

    private void enter(String newPlace) {
        clock.stop();
        place = newPlace;
    }

    private Flow fire(Events event) throws Exception {
        engine.fire(event);
        return termination.afterEvent();
    }

    private Flow fire(Channel<B, O> channel) throws Exception {
        engine.fire(channel);
        return termination.afterEvent();
    }

    private Flow vote() {
        if (!termination.isVotedOn()) {
            return termination.afterEvent();
        }
        enter("the termination vote");
        Flow flow = termination.afterVote();
        place = null;
        return flow;
    }
}
