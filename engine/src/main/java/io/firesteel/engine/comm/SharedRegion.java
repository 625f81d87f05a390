package io.firesteel.engine.comm;

import io.firesteel.engine.kernel.DirectView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Memory that one {@link Communicator#allocate} gave the ranks: this rank's own, and the others' to read. */
final class SharedRegion {
    private final long number;
    private final ByteBuffer own;
    private final ByteBuffer[] byRank;

    /**
     * A region.
     *
     * @param number of the operation that made it; the same on all ranks
     * @param own this rank's memory
     * @param byRank what the ranks of the world have, null where this rank doesn't see it; all of one size
     */
    SharedRegion(long number, ByteBuffer own, ByteBuffer[] byRank) {
        this.number = number;
        this.own = own;
        this.byRank = byRank;
    }

    /** This rank's own. */
    ByteBuffer memory() {
        return own.duplicate().order(ByteOrder.nativeOrder());
    }

    long number() {
        return number;
    }

    /** Whether it holds memory of all these ranks. */
    boolean spans(Roster roster) {
        for (int at = 0; at < roster.size(); at++) {
            if (byRank[roster.rank(at)] == null) {
                return false;
            }
        }
        return true;
    }

    /** Where in this rank's memory a direct buffer begins, in bytes; -1 if it isn't, as whole floats, inside. */
    int find(FloatBuffer vector) {
        long offset = DirectView.address(vector) - DirectView.address(own);
        return holds(offset, vector.limit()) ? (int) offset : -1;
    }

    /** Whether so many floats have room from a byte on. */
    boolean holds(long offset, int floats) {
        return offset >= 0 && offset % Float.BYTES == 0 && offset <= own.capacity() - (long) floats * Float.BYTES;
    }

    /** A vector in the memory of a rank of the world, to be read; {@link #holds} tells whether there is one. */
    FloatBuffer vector(int rank, long offset, int floats) {
        return byRank[rank]
                .slice((int) offset, floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
