package io.firesteel.engine.event;

/**
 * The events of every {@link Engine}, those of <a
 * href="https://docs.pytorch.org/ignite/generated/ignite.engine.events.Events.html">PyTorch Ignite</a> (the semantics
 * were compared with its version 0.6.0). What an engine does:
 *
 * <pre>
 * fire STARTED
 * while not done:                         // epochs or iterations of the limit reached
 *     epoch += 1
 *     fire EPOCH_STARTED
 *     repeat until the epoch has epochLength iterations:
 *         if iteration == iterations of the limit: terminate
 *         batch = null
 *         fire GET_BATCH_STARTED
 *         if the pass over the source is over:
 *             if epochLength is unknown: epochLength = iterations so far; end the epoch
 *             fire DATALOADER_STOP_ITERATION
 *             open the next pass; if it has nothing: end the epoch
 *         batch = next of the source; output = null
 *         fire GET_BATCH_COMPLETED
 *         iteration += 1
 *         fire ITERATION_STARTED
 *         output = process(batch)
 *         fire ITERATION_COMPLETED
 *         vote on termination
 *     fire EPOCH_COMPLETED
 *     vote on termination
 * fire COMPLETED
 * </pre>
 *
 * <p>A pass over the source is not tied to an epoch: it is found to be over when the next batch is wanted. With an epoch
 * of one pass, DATALOADER_STOP_ITERATION therefore fires inside the <em>next</em> epoch (EPOCH_STARTED,
 * GET_BATCH_STARTED, DATALOADER_STOP_ITERATION, GET_BATCH_COMPLETED) and never after the last batch of a run; in all
 * ceil(iterations / length of the source) - 1 times. A run without data fires no GET_BATCH and no DATALOADER event.
 *
 * <p>What fires when the loop is left early (event: the one during which the call was made; the process function counts
 * as ITERATION_COMPLETED):
 *
 * <table>
 * <caption>Termination</caption>
 * <tr><th>cause</th><th>at</th><th>what fires</th></tr>
 * <tr><td>{@code terminate()}</td><td>any event up to EPOCH_COMPLETED</td>
 *     <td>event, TERMINATE, COMPLETED; no EPOCH_COMPLETED for the epoch broken off</td></tr>
 * <tr><td>{@code terminateWithoutCompleted(reason)}</td><td>the same</td><td>event, TERMINATE</td></tr>
 * <tr><td>{@code terminate()} with a vote</td><td>the same</td>
 *     <td>event, all up to the next ITERATION_COMPLETED or EPOCH_COMPLETED, TERMINATE, COMPLETED</td></tr>
 * <tr><td>limit in iterations</td><td>inside an epoch</td><td>ITERATION_COMPLETED, TERMINATE, COMPLETED</td></tr>
 * <tr><td>limit in iterations</td><td>at the end of an epoch</td>
 *     <td>ITERATION_COMPLETED, EPOCH_COMPLETED, COMPLETED</td></tr>
 * <tr><td>{@code terminateEpoch()}</td><td>GET_BATCH_STARTED to ITERATION_COMPLETED</td>
 *     <td>event, TERMINATE_SINGLE_EPOCH, EPOCH_COMPLETED, EPOCH_STARTED of the next epoch</td></tr>
 * <tr><td>{@code terminateEpochWithoutCompleted()}</td><td>the same</td>
 *     <td>event, TERMINATE_SINGLE_EPOCH, EPOCH_STARTED of the next epoch</td></tr>
 * <tr><td>{@code terminateEpoch()}</td><td>STARTED, EPOCH_STARTED</td><td>refused: the run fails</td></tr>
 * <tr><td>{@code terminateEpoch()}</td><td>EPOCH_COMPLETED and later</td><td>ignored</td></tr>
 * <tr><td>both</td><td>the same event</td><td>as for {@code terminate()}</td></tr>
 * <tr><td>{@code interrupt()}</td><td>any event up to EPOCH_COMPLETED</td>
 *     <td>event, INTERRUPT; in the next run all that would have followed the event</td></tr>
 * <tr><td>{@code interrupt()} and {@code terminateEpoch()}</td><td>the same event</td>
 *     <td>event, TERMINATE_SINGLE_EPOCH, EPOCH_COMPLETED, INTERRUPT</td></tr>
 * <tr><td>{@code interrupt()} and {@code terminate()}</td><td>the same event</td><td>as for {@code terminate()}</td></tr>
 * <tr><td>a failure</td><td>anywhere</td><td>EXCEPTION_RAISED</td></tr>
 * </table>
 *
 * <p>An event of the user's ({@link Engine#fire}) fires wherever it is fired, its handlers before those of the surrounding
 * event go on; what they ask of the loop takes effect after the loop's event.
 *
 * <p>Kept as Ignite's code has it, where its documentation says otherwise or users stumble: DATALOADER_STOP_ITERATION in the
 * next epoch, no EPOCH_COMPLETED after {@code terminate()} or a limit inside an epoch, the GET_BATCH events counting one
 * iteration less than those around the process function, and the phase of {@code every} with a bound: {@link EventWindow}.
 *
 * <p>Deviations from Ignite, each on purpose:
 *
 * <ul>
 *   <li><b>A failure ends the run and leaves it.</b> Ignite swallows it where the EXCEPTION_RAISED key has ever been
 *       used, and goes on with the next epoch: batches are lost silently, and of several replicas one would go on alone.
 *       A batch that may fail is caught in the process function. EXCEPTION_RAISED fires once and all its handlers run; what
 *       they throw is added to the first.
 *   <li><b>A failed engine can run again.</b> Ignite's next run does nothing.
 *   <li><b>Position is exact.</b> A source is opened per pass at a {@link Position}, where Ignite's plain engine begins
 *       at the first batch and its deterministic one fetches and drops. {@link Progress} counts iterations that were
 *       processed, where Ignite counts those that were started, and holds what its state dict leaves out: the epoch and
 *       the place in the data after an epoch that was cut short, an epoch whose EPOCH_COMPLETED is still to come.
 *   <li><b>A resumed run that is done stays done</b> and fires STARTED and COMPLETED; Ignite begins anew, which would
 *       train twice when a finished job is retried.
 *   <li><b>A suspended run refuses another source</b>; Ignite ignores it and reads on in the old one.
 *   <li><b>A source that knows its length must keep to it</b>, and the epoch length must not change from run to run
 *       unless the limit sets it: Ignite would repeat or drop rows.
 *   <li><b>An epoch length found out is forgotten when a run begins anew</b>, as are metrics: values of another run
 *       mislead.
 *   <li><b>Filters are checked at registration</b>: Ignite fails when the event fires. Selectors are immutable, where {@code
 *       |} changes the list on its left.
 *   <li><b>{@code once} is once</b> in a run, also where an epoch that is left makes a count come again.
 *   <li><b>The user's events are counted by the engine</b>, each engine on its own, and the counts are resumed; in Ignite the
 *       user counts, in an attribute that all engines share. Events of the loop can't be fired by hand, and events fired in
 *       their handlers don't disturb the loop.
 *   <li><b>An engine inside another's handler can count with that one</b> ({@link FilteredEvent#countedBy}); in Ignite its
 *       own counts begin anew in each run, which makes filters on them useless.
 *   <li><b>Handlers have priorities, and a firing calls those that were there when it began.</b> In Ignite a handler
 *       added meanwhile is called too.
 *   <li><b>Handlers with a state are saved without being listed</b> ({@link Engine#handlerStates()}).
 *   <li><b>A terminated run can be agreed on by all replicas</b> ({@link TerminationVote}); Ignite's replicas that
 *       disagree deadlock.
 *   <li><b>The first reason to terminate counts</b>; in Ignite the last call's flag.
 *   <li><b>An engine is not reentrant</b>, and its state is untouched by the attempt.
 *   <li><b>In an epoch that finds no batch, a run limited in iterations ends</b>; Ignite's goes on for ever with empty
 *       epochs if the epoch length was given.
 *   <li><b>A limit must be given and be positive</b>; Ignite assumes one epoch, and takes 0 sometimes.
 * </ul>
 */
public enum Events implements Event {
    /** A run begins; nothing has been read. */
    STARTED(EventCounter.EPOCH),
    /** An epoch begins; its number is in the state. */
    EPOCH_STARTED(EventCounter.EPOCH),
    /** The next batch is about to be fetched. */
    GET_BATCH_STARTED(EventCounter.ITERATION),
    /** The pass over the source is over and another begins. */
    DATALOADER_STOP_ITERATION(EventCounter.NONE),
    /** The batch is in the state. */
    GET_BATCH_COMPLETED(EventCounter.ITERATION),
    /** The process function is about to run; the iteration is counted. */
    ITERATION_STARTED(EventCounter.ITERATION),
    /** The process function has returned; its output is in the state. */
    ITERATION_COMPLETED(EventCounter.ITERATION),
    /** The epoch is left early; {@link State#epochIteration()} says where. */
    TERMINATE_SINGLE_EPOCH(EventCounter.NONE),
    /** The epoch has ended. */
    EPOCH_COMPLETED(EventCounter.EPOCH),
    /** The run is left early; {@link Engine#terminationReason()} says why. */
    TERMINATE(EventCounter.NONE),
    /** The run is suspended, to be taken up by the next: {@link Engine#interrupt()}. */
    INTERRUPT(EventCounter.NONE),
    /** The run has failed; {@link Engine#failure()} says how. */
    EXCEPTION_RAISED(EventCounter.NONE),
    /** The run has ended, also after TERMINATE. */
    COMPLETED(EventCounter.EPOCH);

    private final EventCounter counter;

    Events(EventCounter counter) {
        this.counter = counter;
    }

    @Override
    public EventCounter counter() {
        return counter;
    }
}
