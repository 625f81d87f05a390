/**
 * Several metrics at once, as job files and command lines name them: names, parameters, aliases and formulas over metrics. States that
 * metrics have in common are kept, sent and merged once. Uses the parent package and {@code catalogue}. Start at {@link
 * io.firesteel.engine.metric.set.MetricSet}.
 */
package io.firesteel.engine.metric.set;
