/**
 * The loop and who listens to it: an engine runs a process function over batches and fires events, with the order and
 * the names of PyTorch Ignite; handlers listen, fire events of the user's, and have their state saved. Knows nothing of what
 * listens. JDK and SLF4J only. Start at {@link io.firesteel.engine.event.Events}, whose documentation is the loop, then {@link
 * io.firesteel.engine.event.Engine}; inside, {@code Loop} is the loop and {@code Runner} what happens from run to run.
 */
package io.firesteel.engine.event;
