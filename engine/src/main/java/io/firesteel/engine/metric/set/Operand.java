package io.firesteel.engine.metric.set;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricKind;
import java.util.Optional;

/**
 * A metric in an entry.
 *
 * @param kind of the catalogue; empty for a metric of the caller's own
 */
record Operand(Metric<?> metric, Optional<MetricKind> kind) {}
