/**
 * All metrics by name. Uses the parent package and every family of metrics beside it. Start at
 * {@link io.firesteel.engine.metric.catalogue.Metrics}.
 */
package io.firesteel.engine.metric.catalogue;
