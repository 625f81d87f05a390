package io.firesteel.engine.metric.set;

import io.firesteel.engine.metric.MetricValue;

/** A formula, or a part of one. */
@FunctionalInterface
interface Expression {
    /**
     * Computes it.
     *
     * @throws io.firesteel.engine.metric.NotComputableException if a metric in it can't be computed, or values don't fit together
     */
    MetricValue value(Operands operands);
}
