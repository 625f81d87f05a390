/**
 * What listens to an engine: handlers that stop a run, average weights, keep outputs, measure time, write values and find a
 * learning rate, and metrics of an engine's outputs. They know no ranks and no network: weights, clocks and outputs come in through ports, and what all replicas
 * have to decide alike is decided from merged metrics or by {@link io.firesteel.engine.event.Engine#terminate(String)}, which is
 * voted on. A handler whose run could not go on without its state is {@link io.firesteel.engine.event.Stateful}. May use events, metrics,
 * schedules, plots, models and optimizers. Start at {@link io.firesteel.engine.handler.EarlyStopping}.
 */
package io.firesteel.engine.handler;
