/**
 * Metrics of clusterings that need no truth: how close the rows of a cluster are to each other, and how far clusters are
 * apart. A row's predictions are the features in which clusters were looked for, its class is the cluster. Uses the parent
 * package. Start at {@link io.firesteel.engine.metric.cluster.ClusterMetrics}.
 */
package io.firesteel.engine.metric.cluster;
