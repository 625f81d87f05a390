/**
 * How the ranks of one attempt of a run talk to each other: sums in a fixed order, gathers, broadcasts and barriers,
 * over one authenticated TCP connection per pair of ranks, all on the calling thread. Uses the JDK only. Start at
 * {@link io.firesteel.engine.comm.Communicator}, then {@link io.firesteel.engine.comm.PeerListener}, which makes one
 * of several ranks; {@code ExchangeLoop} is where the bytes move and {@code ReduceExchange} where the floats add up.
 */
package io.firesteel.engine.comm;
