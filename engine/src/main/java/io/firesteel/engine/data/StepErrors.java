package io.firesteel.engine.data;

import java.util.concurrent.CancellationException;

/**
 * Why a step can't be had, in words that don't depend on which thread assembles it.
 *
 * @param epoch number of the epoch
 */
record StepErrors(int epoch) {
    IllegalStateException closed(long step) {
        return new IllegalStateException(named("take", step) + ": the steps are closed");
    }

    IllegalStateException unreadable(long step, Throwable cause) {
        return new IllegalStateException(named("assemble", step) + ": " + cause, cause);
    }

    IllegalStateException late(long step, long deadlineMillis) {
        return new IllegalStateException(named("assemble", step) + ": its rows were not there after " + deadlineMillis
                + " ms; the disk that holds spilled rows may be stuck");
    }

    CancellationException interrupted(long step, InterruptedException cause) {
        CancellationException cancelled =
                new CancellationException(named("take", step) + ": the thread was interrupted while it waited");
        cancelled.initCause(cause);
        return cancelled;
    }

    private String named(String action, long step) {
        return "Cannot " + action + " step " + step + " of epoch " + epoch;
    }
}
