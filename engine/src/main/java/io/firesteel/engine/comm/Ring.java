package io.firesteel.engine.comm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One direction of a shared memory: a ring of bytes that one process puts in and another takes out, each with a cursor that
 * counts all bytes ever and that only it writes. Data is written before the cursor that shows it, and read before the
 * cursor that gives its place back (release and acquire).
 *
 * <p>Cursors stand in the memory as a {@link SpreadWord}: one that was written over ends the exchange instead of passing other
 * bytes for the peer's.
 */
final class Ring {
    /** Both cursors, each on its own pair of cache lines, as processors fetch lines in pairs. */
    static final int CONTROL_BYTES = 256;

    /** Longest piece shown at once, so that the peer works on one while the next is put. */
    private static final int PIECE_BYTES = 32 << 10;

    private static final int TAKEN_AT = 128;
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer control;
    private final ByteBuffer data;
    private final int capacity;
    /** Of the two cursors, one is this process's own and exact, the other is how far the peer had come when last looked at. */
    private long put;

    private long taken;
    /** Where this process's own cursor points to. */
    private int start;

    /**
     * A ring over mapped memory.
     *
     * @param control {@link #CONTROL_BYTES} that begin at a multiple of 8, zeros at first
     * @param data the ring's bytes, a multiple of 8
     */
    Ring(ByteBuffer control, ByteBuffer data) {
        this.control = control;
        this.data = data.order(ByteOrder.LITTLE_ENDIAN);
        capacity = data.capacity();
    }

    /** As the process that puts: a free piece; {@link #commit} shows what was put into it. */
    ByteBuffer room() throws Wire.DamagedException {
        int free = free();
        if (free < PIECE_BYTES) {
            taken = notBefore(taken, cursor(TAKEN_AT));
            free = free();
        }
        int length = Math.min(Math.min(free, capacity - start), PIECE_BYTES);
        return data.limit(start + length).position(start);
    }

    /** Shows the peer what was put into {@link #room()}; answers how much. */
    int commit() {
        int count = data.position() - start;
        if (count > 0) {
            put += count;
            advance(count);
            LONG.setRelease(control, 0, SpreadWord.of(put));
        }
        return count;
    }

    /** As the process that puts: whether the peer has made room since {@link #room()} found none. */
    boolean hasRoom() {
        return put - cursor(TAKEN_AT) != capacity;
    }

    /** As the process that takes: looks for what the peer has put; answers how much is new. */
    int look() throws Wire.DamagedException {
        long before = put;
        put = notBefore(before, cursor(0));
        free();
        return (int) (put - before);
    }

    /** As the process that takes: whether there is more than the last {@link #look()} saw. */
    boolean hasMore() {
        return cursor(0) != put;
    }

    /** As the process that takes: the longest piece that is there, to be taken by moving the position. */
    ByteBuffer received() {
        int length = (int) Math.min(put - taken, capacity - start);
        return data.limit(start + length).position(start);
    }

    /** Gives the place of what was taken back; answers how much. */
    int release() {
        int count = data.position() - start;
        if (count > 0) {
            taken += count;
            advance(count);
            LONG.setRelease(control, TAKEN_AT, SpreadWord.of(taken));
        }
        return count;
    }

    /** Nothing is shown or given back twice: the piece that was in hand is empty now. */
    private void advance(int count) {
        start = start + count == capacity ? 0 : start + count;
        data.limit(start).position(start);
    }

    private long cursor(int at) {
        return SpreadWord.read((long) LONG.getAcquire(control, at));
    }

    private static long notBefore(long before, long now) throws Wire.DamagedException {
        if (now < before) {
            throw new Wire.DamagedException(
                    "wrote nonsense into the shared memory (byte " + now + " after byte " + before + ")");
        }
        return now;
    }

    private int free() throws Wire.DamagedException {
        long used = put - taken;
        if (used < 0 || used > capacity) {
            throw new Wire.DamagedException(
                    "wrote nonsense into the shared memory (" + used + " bytes in a ring of " + capacity + ")");
        }
        return capacity - (int) used;
    }
}
