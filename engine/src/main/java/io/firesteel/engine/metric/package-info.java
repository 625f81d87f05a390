/**
 * Metrics as pure definitions over mergeable states: what each rank has seen becomes a small state, the states of all
 * ranks are merged in shard order, and the value is that of the whole data. Here is what a metric is; the metrics themselves
 * are in the packages below, one for each family, and {@code catalogue} has their names. Nothing here communicates, and batches
 * come as primitive buffers; JDK only. In shapes, N is rows of a batch, C columns of the predictions, L columns of the targets.
 * Start at {@link io.firesteel.engine.metric.Metric}.
 */
package io.firesteel.engine.metric;
