package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.model.Network;

/**
 * What a replica's step works with, besides what is to be learnt.
 *
 * @param network this replica's copy of the model
 * @param shards how many shards this replica hosts
 * @param communicator to the other replicas
 * @param metrics of the hosted shards
 * @param times where the step's phases are counted
 */
record Hosting(Network network, int shards, Communicator communicator, ShardMetrics metrics, PhaseTimes times) {}
