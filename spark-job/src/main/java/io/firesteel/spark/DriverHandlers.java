package io.firesteel.spark;

import io.firesteel.engine.train.CoordinatorEngine;
import io.firesteel.engine.train.CoordinatorHandlers;
import io.firesteel.engine.train.CoordinatorSetup;
import io.firesteel.spark.barrier.ReplicaResult;
import io.firesteel.spark.coordinator.CoordinatorPlugin;
import io.firesteel.spark.report.RunDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a user's setups have attached on the driver, if they have: begun with the run, ended with it, and closed. */
final class DriverHandlers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DriverHandlers.class);

    private final Optional<CoordinatorHandlers> handlers;
    private final Duration deadline;

    private DriverHandlers(Optional<CoordinatorHandlers> handlers, Duration deadline) {
        this.handlers = handlers;
        this.deadline = deadline;
    }

    /**
     * Makes the setups of a job and lets them attach their handlers.
     *
     * @param failed ends the replicas when a handler throws
     * @throws RunException if a setup fails, or the driver wouldn't hear of the run
     */
    static DriverHandlers attach(
            RunPlan plan, String runId, RunDirectory directory, SparkContext context, Runnable failed) {
        Duration deadline = plan.job().train().communicationTimeout();
        List<CoordinatorSetup> setups = plan.training().coordinatorSetups();
        if (setups.isEmpty()) {
            return new DriverHandlers(Optional.empty(), deadline);
        }
        checkIsHeard(setups.get(0), context);
        CoordinatorHandlers handlers = new CoordinatorHandlers(plan.training(), failed);
        CoordinatorEngine engine = new CoordinatorEngine(
                handlers.engine(), runId, directory.uri(), plan.assignment().replicas());
        setups.forEach(setup -> attach(setup, engine));
        return new DriverHandlers(Optional.of(handlers), deadline);
    }

    private static void checkIsHeard(CoordinatorSetup setup, SparkContext context) {
        String plugin = CoordinatorPlugin.class.getName();
        if (!context.conf().get("spark.plugins", "").contains(plugin)) {
            throw new RunException(
                    RunException.Fault.JOB,
                    "Cannot run the handlers of " + setup.getClass().getName()
                            + " on the driver: this Spark session runs without the plugin " + plugin
                            + " (name it in spark.plugins)");
        }
    }

    private static void attach(CoordinatorSetup setup, CoordinatorEngine engine) {
        try {
            setup.onCoordinator(engine);
        } catch (RuntimeException | LinkageError e) {
            throw new RunException(
                    RunException.Fault.TRAINING,
                    "Cannot train: setup " + setup.getClass().getName() + " failed on the driver: " + e,
                    e);
        }
    }

    /** To be asked about epochs; empty if no setup has any. */
    Optional<CoordinatorHandlers> handlers() {
        return handlers;
    }

    /** Throws if a handler has ended the run: whatever else failed, failed because of that. */
    void throwIfFailed() {
        handlers.ifPresent(told -> translated(told::checkNoneFailed));
    }

    /** Tells that the run has ended well, and waits for the handlers. */
    void completed(List<ReplicaResult> results) {
        handlers.ifPresent(
                told -> translated(() -> told.completed(results.get(0).outcome(), deadline)));
    }

    /** Tells that the run has failed, and waits for the handlers: none of them hides why. */
    void failed(RunException failure) {
        try {
            handlers.ifPresent(told -> told.failed(failure, deadline));
        } catch (IllegalStateException e) {
            LOG.error("The handlers on the driver don't end", e);
            failure.addSuppressed(e);
        }
    }

    private static void translated(Runnable action) {
        try {
            action.run();
        } catch (IllegalStateException e) {
            throw new RunException(RunException.Fault.TRAINING, e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        handlers.ifPresent(CoordinatorHandlers::close);
    }
}
