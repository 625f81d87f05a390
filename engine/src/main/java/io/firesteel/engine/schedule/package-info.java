/**
 * How numbers change while training goes on: pure values, in closed form, without events or memory. May use the JDK and {@code
 * plot}. Start at {@link io.firesteel.engine.schedule.Schedule}; what sets an optimizer's hyper-parameters by one is {@code
 * HyperparameterSchedules} in {@code optim}. {@link io.firesteel.engine.schedule.ReducePlateau} is the one that follows a metric
 * instead of the number of the step.
 */
package io.firesteel.engine.schedule;
