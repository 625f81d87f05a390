package io.firesteel.engine.comm;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/** One type of element: how it lies in buffers and on the wire, where all are little-endian. */
interface Elements<B extends Buffer> {
    /** Bytes of one element. */
    int bytes();

    /** The whole elements of a piece of the wire from its position to its limit, sharing its memory. */
    B view(ByteBuffer wire);

    /** Copies between buffers by index. */
    void copy(B source, int from, B target, int at, int count);

    /** Moves elements to the wire, as many as fit and exist; returns how many. */
    default int put(B source, int from, int count, ByteBuffer wire) {
        int fitting = Math.min(count, wire.remaining() / bytes());
        if (fitting > 0) {
            copy(source, from, view(wire), 0, fitting);
            wire.position(wire.position() + fitting * bytes());
        }
        return fitting;
    }

    /** Takes the whole elements of the wire, at most {@code count}, and leaves the rest. */
    default void take(ByteBuffer wire, B target, int at, int count) {
        int whole = Math.min(count, wire.remaining() / bytes());
        if (whole > 0) {
            copy(view(wire), 0, target, at, whole);
            wire.position(wire.position() + whole * bytes());
        }
    }
}
