/**
 * Optimizers over a replica's flat parameters or a slice of them, with state that can be saved. May use the JDK, {@code
 * kernel} and {@code schedule}. Start at {@link io.firesteel.engine.optim.Optimization} and {@link io.firesteel.engine.optim.FlatOptimizer}. An
 * optimizer {@code X} is its hyper-parameters; {@code XUpdate} is one step's arithmetic over arrays, {@code VectorX} the same with
 * vector instructions.
 */
package io.firesteel.engine.optim;
