package io.firesteel.engine.event;

/** What a run does next. A step fires one event at most, its last act, so that a run can be left and taken up after any. */
enum Step {
    START,
    BEGIN_EPOCH,
    REQUEST_BATCH,
    FETCH_BATCH,
    /** The pass is over: the first batch of the next one. */
    FETCH_FIRST_BATCH,
    BEGIN_ITERATION,
    PROCESS,
    /** terminateEpoch() takes effect. */
    LEAVE_EPOCH,
    END_EPOCH,
    /** terminate() takes effect, or the limit in iterations lies inside an epoch. */
    TERMINATE,
    COMPLETE,
    DONE;

    /** Whether a run may be suspended after this step: not on its way out of an epoch or of itself. */
    boolean maySuspendBefore(Step next) {
        return this != LEAVE_EPOCH && this != TERMINATE && next != LEAVE_EPOCH && next != TERMINATE && next != DONE;
    }
}
