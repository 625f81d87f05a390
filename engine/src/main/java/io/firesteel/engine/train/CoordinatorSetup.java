package io.firesteel.engine.train;

/**
 * A user's hook into a run on the driver: attaches handlers that run once per run instead of once per replica, and see the
 * merged values of all replicas. The class that a job file names as {@code setup} may implement this, {@link TrainingSetup} or
 * both; it needs a public constructor without arguments. Of one that implements both, the driver and each replica make an
 * instance of their own, which share nothing.
 */
@FunctionalInterface
public interface CoordinatorSetup {
    /** Called once per run, on the driver, before training starts. An exception ends the run. */
    void onCoordinator(CoordinatorEngine coordinator);
}
