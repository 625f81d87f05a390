package io.firesteel.engine.comm;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * A slice of sums on the wire: its elements, and, where it has passed several hosts, in front of them the number of
 * contributions that are in it, so that nothing is added to the sum of nothing. It takes the place of one element.
 */
record SumStream<B extends Buffer>(Elements<B> elements, boolean tallied, B vector, int from, int length) {
    /**
     * Puts what is there and fits.
     *
     * @param offset bytes put before
     * @param tally contributions, or -1 while that isn't known
     * @param ready elements that are final
     */
    void put(long offset, int tally, int ready, ByteBuffer target) {
        if (tallied && offset == 0) {
            if (tally < 0 || target.remaining() < elements.bytes()) {
                return;
            }
            target.putInt(tally).position(target.position() + elements.bytes() - Integer.BYTES);
        }
        int done = elementsBefore(offset);
        elements.put(vector, from + done, ready - done, target);
    }

    /** Whether the payload begins with a tally, which has to be taken first. */
    boolean beginsWithTally(long offset) {
        return tallied && offset == 0;
    }

    /** The tally, or -1 if it is not complete. */
    int takeTally(ByteBuffer payload) {
        if (payload.remaining() < elements.bytes()) {
            return -1;
        }
        int tally = payload.getInt();
        payload.position(payload.position() + elements.bytes() - Integer.BYTES);
        return tally;
    }

    /** Takes elements, behind the tally; returns how many have been taken up to now. */
    int take(long offset, ByteBuffer payload) {
        int done = elementsBefore(offset);
        int before = payload.position();
        elements.take(payload, vector, from + done, length - done);
        return done + (payload.position() - before) / elements.bytes();
    }

    /** Elements that lie before a byte of the stream; 0 for one of the tally. */
    int elementsBefore(long offset) {
        long before = offset / elements.bytes();
        return (int) Math.max(0, tallied ? before - 1 : before);
    }
}
