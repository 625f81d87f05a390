package io.firesteel.engine.train;

/**
 * A user's hook into a run: attaches handlers to the engines of every replica. A job file names an implementation as
 * {@code setup: com.acme.MySetup}; it needs a public constructor without arguments and must be on the class path of the
 * executors. Each replica makes its own instance.
 */
@FunctionalInterface
public interface TrainingSetup {
    /** Called once per replica, before training starts. An exception ends the run. */
    void attach(TrainingEngines engines);
}
