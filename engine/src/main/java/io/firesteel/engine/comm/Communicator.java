package io.firesteel.engine.comm;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * The collective operations between the ranks of one attempt of a run.
 *
 * <p>Every operation is collective: all ranks call the same operations in the same order, and none returns before every
 * rank has entered it. A rank that calls another operation, or the same one with another length or root, makes it fail
 * on the ranks that see the difference, with an error that names both.
 *
 * <p>Each wait is bounded by {@link CommunicatorOptions#operationDeadline()}: the longest time that a peer which this rank
 * waits for may pass without moving a single byte, counted from the start of the operation or from its last byte. A
 * long transfer that goes on moving is therefore never cut off; a rank that enters the operation later than the deadline is.
 *
 * <p>An operation that fails on the way closes the communicator: {@link CommunicationException} for what happened
 * between the ranks, or whatever the {@link CommunicatorOptions#cancellation()} hook threw. Later operations fail
 * naming that first failure. Arguments that are wrong on their own ({@link IllegalArgumentException}) are refused before
 * anything is sent and leave the communicator as it was.
 *
 * <p>Operations are called from one thread at a time; {@link #close()} may be called from any. Whoever created the
 * communicator closes it.
 */
public interface Communicator extends AutoCloseable {

    /** The communicator of a world of one rank, which needs no network. */
    static Communicator local() {
        return new LocalCommunicator();
    }

    /** This rank, in [0, {@link #worldSize()}). */
    int rank();

    /** Number of ranks, &gt;= 1. */
    int worldSize();

    /**
     * Sums the contributions of all ranks, element by element, in a fixed order. Collective: all ranks, same order.
     *
     * <p>The contributions of all ranks, rank after rank and in list order within a rank, are c0, c1, c2, …; every
     * rank's {@code result} becomes the left fold {@code (c0 + c1) + c2 …} of float32 additions, bit for bit: it depends
     * neither on how the contributions are spread over ranks nor on which bytes arrive first. With one contribution in
     * all, the result is a copy of it. (Where elements are NaN the result is NaN, with an unspecified payload.)
     *
     * <p>All buffers are direct, float32 in native byte order; the content is what lies between position and limit,
     * and no position or limit is changed.
     *
     * @param contributions this rank's vectors, each (N); may be empty; left unchanged
     * @param result the sum (N), on every rank; shares no memory with a contribution; its content is undefined if the
     *     operation fails
     * @throws IllegalArgumentException if a buffer is not direct, not in native order, or lengths of this rank differ;
     *     also, on every rank alike and leaving the communicator usable, if no rank contributed anything
     * @throws CommunicationException if N differs between ranks, or a peer or the wait fails
     */
    void allReduceSum(List<FloatBuffer> contributions, FloatBuffer result);

    /**
     * Gives every rank the values of all ranks, by rank. Collective: all ranks, same order.
     *
     * @param value this rank's bytes; sizes may differ between ranks and may be 0, at most
     *     {@link CommunicatorOptions#maxMessageBytes()}
     */
    List<byte[]> allGather(byte[] value);

    /**
     * Gives every rank the root's value. Collective: all ranks, same order, same root.
     *
     * @param value the bytes to send, on the root; ignored on every other rank, where it may be null
     * @param root the rank that sends, in [0, {@link #worldSize()})
     */
    byte[] broadcast(byte[] value, int root);

    /** The largest of the values of all ranks, on every rank. Collective: all ranks, same order. */
    long allReduceMax(long value);

    /** Returns when every rank has called it. Collective: all ranks, same order. */
    void barrier();

    /**
     * Closes every connection; the other ranks' operations that still need this rank fail at once. An operation in
     * progress on another thread ends with {@link CommunicationException.Kind#CANCELLED}. A second call does nothing.
     */
    @Override
    void close();
}
