/**
 * How long a reduction would take on a network that isn't there: the schedules that the real exchanges send by, played
 * through a model of network cards that their connections share. Uses the schedules of {@code comm} and the JDK. Start at
 * {@link io.firesteel.engine.comm.simulate.ExchangeSimulation}.
 */
package io.firesteel.engine.comm.simulate;
