package io.firesteel.spark.retrain;

import java.io.IOException;

/** Tells somebody how a date has ended. */
interface Hook {
    /**
     * Tells, and waits until it is heard.
     *
     * @throws IOException if it isn't, with what to do
     */
    void call(HookEvent event) throws IOException, InterruptedException;
}
