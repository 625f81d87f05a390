package io.firesteel.engine.handler;

import io.firesteel.engine.event.EventFilter;
import io.firesteel.engine.event.EventSelector;
import io.firesteel.engine.event.Events;
import java.util.Objects;

/**
 * When metrics of an engine begin anew, take in an output, and are computed: Ignite's <a
 * href="https://docs.pytorch.org/ignite/metrics.html#ignite.metrics.metric.MetricUsage">metric usages</a>. At one event they come in this
 * order.
 *
 * @param reset when all rows are forgotten
 * @param update when the last output is taken in
 * @param compute when values are written
 */
public record MetricUsage(EventSelector reset, EventSelector update, EventSelector compute) {
    /** Of all outputs of an epoch, at its end. */
    public static final MetricUsage EPOCH_WISE =
            new MetricUsage(Events.EPOCH_STARTED, Events.ITERATION_COMPLETED, Events.EPOCH_COMPLETED);

    /** Of the last outputs of all epochs so far, at the end of each. */
    public static final MetricUsage RUNNING_EPOCH_WISE =
            new MetricUsage(Events.STARTED, Events.EPOCH_COMPLETED, Events.EPOCH_COMPLETED);

    /** Of each output by itself. */
    public static final MetricUsage BATCH_WISE =
            new MetricUsage(Events.ITERATION_STARTED, Events.ITERATION_COMPLETED, Events.ITERATION_COMPLETED);

    /** Of all outputs of the run so far, after each. */
    public static final MetricUsage RUNNING_BATCH_WISE =
            new MetricUsage(Events.STARTED, Events.ITERATION_COMPLETED, Events.ITERATION_COMPLETED);

    /** Of all outputs of the epoch so far, after each. */
    public static final MetricUsage SINGLE_EPOCH_RUNNING_BATCH_WISE =
            new MetricUsage(Events.EPOCH_STARTED, Events.ITERATION_COMPLETED, Events.ITERATION_COMPLETED);

    public MetricUsage {
        Objects.requireNonNull(reset, "reset");
        Objects.requireNonNull(update, "update");
        Objects.requireNonNull(compute, "compute");
    }

    /**
     * Of some outputs of an epoch, at its end.
     *
     * @param filter of iterations, which count over all epochs: {@code (engine, iteration) -> iteration % 10 == 0}
     */
    public static MetricUsage batchFiltered(EventFilter filter) {
        return batchFiltered(Events.ITERATION_COMPLETED.when(filter));
    }

    /**
     * Of some outputs of an epoch, at its end.
     *
     * @param updates such as {@code Events.ITERATION_COMPLETED.every(10)}
     */
    public static MetricUsage batchFiltered(EventSelector updates) {
        return new MetricUsage(Events.EPOCH_STARTED, updates, Events.EPOCH_COMPLETED);
    }
}
