package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * The collective operations between the ranks of one attempt of a run.
 *
 * <p>Every operation is collective: all ranks call the same operations in the same order. None returns before every
 * rank has entered it, apart from {@link #allReduceSum} over hosts, which returns as soon as it has the sum. A rank that
 * calls another operation, or the same one with another length, operator, partition or root, makes it fail on the ranks
 * that see the difference, with an error that names both.
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
 * <p>Buffers: the content is what lies between position and limit, and no position or limit is changed. Those that are
 * reduced are direct and in native byte order; those that are only moved may be any.
 *
 * <p>Operations are called from one thread at a time; {@link #close()} may be called from any.
 * {@link AsyncCommunicator} has a thread of its own for them. Whoever created the communicator closes it.
 */
public interface Communicator extends AutoCloseable {

    /** The communicator of a world of one rank, which needs no network. */
    static Communicator local() {
        return new PeerCommunicator(
                new NoPeers(),
                CommunicatorOptions.builder()
                        .optMaxMessageBytes(Integer.MAX_VALUE - Long.BYTES)
                        .build(),
                HostLayout.single(1),
                ReductionAlgorithm.AUTO);
    }

    /**
     * A communicator whose ranks can't reach each other: everything goes through the relay, in rounds of about 1 MiB from
     * each rank, and every rank folds everything by itself. All operations give the same bits as between connected ranks;
     * {@link #split} isn't supported. For small vectors, and where there is no other way. The relay bounds the waits.
     *
     * @param rank this rank, in [0, worldSize)
     * @param worldSize number of ranks
     * @param relay what carries the values; not closed
     * @param options of which {@code maxMessageBytes} is used, and {@code chunkBytes}, which is the same on all ranks
     */
    static Communicator relayed(int rank, int worldSize, Relay relay, CommunicatorOptions options) {
        return new PeerCommunicator(
                new RelayCarrier(rank, worldSize, relay),
                options,
                HostLayout.even(worldSize, 1),
                ReductionAlgorithm.ONE_HOP);
    }

    /** This rank, in [0, {@link #worldSize()}). */
    int rank();

    /** Number of ranks, &gt;= 1. */
    int worldSize();

    /** Whether all ranks run on one machine, as far as is known: what one has to tell another crosses no network. */
    boolean isOnOneMachine();

    /**
     * Memory that sums of large vectors are fastest in: where all ranks run on one machine and share memory, each can read the
     * others'. An {@link #allReduceSum} or {@link #allReduce} of float32 sums whose only contribution and result are one and
     * the same part of it then needs no copy on the way: each rank reads where the others' values lie. So does a {@link
     * #reduceScatter} of one vector whose own slice is the result, and an {@link #allGather(FloatBuffer, Partition)}. It is memory
     * like any other apart from that, and elsewhere it is nothing more. Collective: all ranks, same order, same size.
     *
     * <p>Where one rank's vector is in such memory those of all ranks have to be, in that of the same call or of another. Else
     * sums of vectors of 8 times {@link CommunicatorOptions#smallVectorBytes()} or more may fail on every rank. A sum that
     * failed on this rank may still be read by others: what is written here then may become part of theirs.
     *
     * <p>Shared memory is a file without a name, of which half of what is free is left: it exists as long as some process
     * uses the buffer, or a part of it, and may be used after this communicator, or a rank, has ended.
     *
     * @param bytes size, &gt;= 0
     * @return zeros, in native byte order, which begin at a multiple of 64 bytes
     * @throws IllegalArgumentException if the size is negative
     */
    ByteBuffer allocate(int bytes);

    /**
     * Whether a vector is read where it lies by sums in place, or by gathering its slices: if it is in {@linkplain #allocate
     * allocated} memory that the ranks share, and long enough. The same on all ranks whose vectors are parts of equal length of what the
     * same calls have allocated. Not collective.
     *
     * @param vector float32 (N)
     */
    boolean readsInPlace(FloatBuffer vector);

    /**
     * Sums the contributions of all ranks, element by element, in a fixed order. Collective: all ranks, same order.
     *
     * <p>The contributions of all ranks, rank after rank and in list order within a rank, are c0, c1, c2, …; every
     * rank's {@code result} becomes the left fold {@code (c0 + c1) + c2 …} of float32 additions, bit for bit: it depends
     * neither on how the contributions are spread over ranks nor on which bytes arrive first. With one contribution in
     * all, the result is a copy of it. (Where elements are NaN the result is NaN, with an unspecified payload.)
     *
     * <p>In place: where this rank contributes exactly one vector, {@code result} may be the same memory from its first
     * element to its last; in a world of one nothing is copied then. It shares no memory with a contribution otherwise.
     *
     * @param contributions this rank's vectors, float32, each (N); may be empty; left unchanged unless in place
     * @param result the sum (N), float32, on every rank; its content is undefined if the operation fails
     * @throws IllegalArgumentException if a buffer is not direct, not in native order, or lengths of this rank differ;
     *     also, on every rank alike and leaving the communicator usable, if no rank contributed anything
     * @throws CommunicationException if N differs between ranks, or a peer or the wait fails
     */
    default void allReduceSum(List<FloatBuffer> contributions, FloatBuffer result) {
        startAllReduceSum(contributions, result).await();
    }

    /**
     * As {@link #allReduceSum} in two steps: what the connections take at once is on its way when this returns, and
     * {@link PendingReduction#await} completes the sum. The deadline counts from this call. Arguments are checked here;
     * that no rank contributed anything is found by {@code await}.
     */
    PendingReduction startAllReduceSum(List<FloatBuffer> contributions, FloatBuffer result);

    /**
     * Combines the values of all ranks in place, element by element, in rank order. Collective: all ranks, same order,
     * operator, type and length.
     *
     * @param values (N), float32
     * @throws IllegalArgumentException if the buffer is not direct, not in native order, or read-only
     */
    void allReduce(ReduceOperator operator, FloatBuffer values);

    /** As {@link #allReduce(ReduceOperator, FloatBuffer)}, of float64. */
    void allReduce(ReduceOperator operator, DoubleBuffer values);

    /** As {@link #allReduce(ReduceOperator, FloatBuffer)}, of int64. */
    void allReduce(ReduceOperator operator, LongBuffer values);

    /**
     * The first half of an {@link #allReduceSum}: gives each rank its slice of the sum, of the same bits. Collective: all
     * ranks, same order, same partition.
     *
     * @param contributions this rank's vectors, float32, each (N); may be empty; left unchanged unless in place
     * @param partition N elements, one slice for each rank
     * @param slice this rank's slice of the sum, float32; where this rank contributes exactly one vector it may be that
     *     vector's own slice, and shares no memory with a contribution otherwise
     * @throws IllegalArgumentException as for {@link #allReduceSum}, or if the partition doesn't fit ranks or lengths
     */
    void reduceScatter(List<FloatBuffer> contributions, Partition partition, FloatBuffer slice);

    /**
     * The second half of an {@link #allReduceSum}: every rank has its slice of a vector, and gets those of all others.
     * Collective: all ranks, same order, same partition.
     *
     * @param whole the vector (N), float32, of which this rank's slice is filled in
     * @param partition N elements, one slice for each rank
     * @throws IllegalArgumentException if the partition doesn't fit ranks or length, or the buffer is read-only
     */
    void allGather(FloatBuffer whole, Partition partition);

    /**
     * Gives every rank the values of all ranks, by rank. Collective: all ranks, same order.
     *
     * @param value this rank's bytes; sizes may differ between ranks and may be 0, at most
     *     {@link CommunicatorOptions#maxMessageBytes()}
     */
    List<byte[]> allGather(byte[] value);

    /**
     * Gives every rank the root's value, whose size the others don't know. Collective: all ranks, same order, same root.
     *
     * @param value the bytes to send, on the root; ignored on every other rank, where it may be null
     * @param root the rank that sends, in [0, {@link #worldSize()})
     */
    byte[] broadcast(byte[] value, int root);

    /**
     * Gives every rank the root's bytes in place, of any size. Large ones go from rank to rank, each of which sends them
     * once. Collective: all ranks, same order, same root and length.
     *
     * @param values the bytes to send on the root; filled in elsewhere
     * @param root the rank that sends, in [0, {@link #worldSize()})
     * @throws IllegalArgumentException if there is no such rank, or the buffer is read-only where it is filled in
     */
    void broadcast(ByteBuffer values, int root);

    /** As {@link #broadcast(ByteBuffer, int)}, of float32. */
    void broadcast(FloatBuffer values, int root);

    /**
     * Gives every rank the bytes that each other rank has for it alone. Collective: all ranks, same order; what a rank sends
     * to another must be as long as that one expects. What a list holds for this rank itself isn't looked at.
     *
     * @param outgoing by rank, what it gets; of any size
     * @param incoming by rank, where the bytes that it sends here go; shares no memory with what is sent
     * @throws IllegalArgumentException if there isn't one of each for every rank, or one to receive into is read-only
     */
    void allToAll(List<ByteBuffer> outgoing, List<ByteBuffer> incoming);

    /** The largest of the values of all ranks, on every rank. Collective: all ranks, same order. */
    long allReduceMax(long value);

    /** Bytes of values that this rank has sent to other ranks in operations so far; headers don't count. */
    long bytesSent();

    /** Returns when every rank has called it. Collective: all ranks, same order. */
    void barrier();

    /**
     * The communicator of those ranks that passed the same colour, in the order of their ranks here. Collective: all
     * ranks, same order.
     *
     * <p>It uses the same connections: it lives as long as this one, a failure in one closes both, and only one
     * operation may be in progress in all of them. All ranks that two communicators have in common use both in the same
     * order. Messages name ranks as the first communicator has them, and a group's operations by a number that
     * begins with the group's. Closing it closes no connection.
     *
     * @param colour any number
     */
    Communicator split(int colour);

    /**
     * Closes every connection; the other ranks' operations that still need this rank fail at once. An operation in
     * progress on another thread ends with {@link CommunicationException.Kind#CANCELLED}. A second call does nothing.
     */
    @Override
    void close();
}
