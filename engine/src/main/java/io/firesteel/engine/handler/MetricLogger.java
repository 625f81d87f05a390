package io.firesteel.engine.handler;

/** Takes values of a run as they come, to write them somewhere: the port of {@link MetricLogging}. */
@FunctionalInterface
public interface MetricLogger {
    /** Writes values down. Called on the engine's thread; an exception ends the run. */
    void log(LoggedMetrics metrics);
}
