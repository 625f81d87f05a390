/**
 * How the ranks of one attempt of a run talk to each other: sums in a fixed order, gathers, broadcasts and barriers, all on
 * the calling thread. Uses the JDK and the engine's {@code kernel} only. Start at
 * {@link io.firesteel.engine.comm.Communicator}, then {@link io.firesteel.engine.comm.PeerListener}, which makes one
 * of several ranks. Every operation is an {@code Exchange} of frames: {@code PeerCommunicator} makes them, {@code ReduceExchange}
 * says by an {@link io.firesteel.engine.comm.ExchangeSchedule} who sends what, {@code SliceFold} is where the numbers add up,
 * {@code MappedSumExchange} does both where ranks read each other's memory ({@code SharedAllocation}), and a {@code Carrier} moves the bytes: {@code ExchangeLoop} over connections, or {@code RelayCarrier} through somebody else.
 */
package io.firesteel.engine.comm;
