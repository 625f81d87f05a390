package io.firesteel.engine.train;

import java.io.Serializable;

/**
 * What makes the shards' learning one: their gradients, added in every step ({@link WirePrecision}, {@link PowerSgd}), or their
 * weights, averaged every few steps ({@link LocalSgd}). The bits of the result depend on the shards alone, not on how many
 * replicas host them. A value, which crosses Spark.
 */
public sealed interface Synchronization extends Serializable permits WirePrecision, PowerSgd, LocalSgd {}
