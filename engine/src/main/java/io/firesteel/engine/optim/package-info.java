/**
 * Optimizers over a replica's flat parameters, with state that can be saved. JDK only. Start at {@link
 * io.firesteel.engine.optim.OptimizerSpec}.
 */
package io.firesteel.engine.optim;
