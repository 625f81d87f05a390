package io.firesteel.engine.event;

/** Where the loop goes after a step. */
enum Flow {
    GO_ON,
    /** The source is dry: the epoch ends here. */
    EPOCH_ENDED,
    /** terminateEpoch() takes effect. */
    EPOCH_TERMINATED,
    /** terminate() takes effect, or the limit in iterations lies inside an epoch. */
    RUN_TERMINATED
}
