/**
 * Trains a model on one rank, given rows and a communicator to the other ranks. Here is no class of its own: {@code event} has
 * the loop, {@code handler} what listens to it, {@code data} the rows, {@code model} the network, {@code comm} the exchange, {@code metric} what is measured, {@code
 * optim} the update, {@code checkpoint} what is saved, and {@code train} puts them together. It knows neither Spark nor Hadoop.
 * Start at {@link io.firesteel.engine.train.ReplicaTraining}.
 */
package io.firesteel.engine;
