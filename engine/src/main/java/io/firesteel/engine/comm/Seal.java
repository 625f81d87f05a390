package io.firesteel.engine.comm;

import java.nio.ByteBuffer;

/** Protects the records of one connection, in order, one direction each way. */
interface Seal {
    /** Bytes that a sealed record is longer than its content. */
    int overhead();

    /** Writes the sealed content into the target, which has room for it. */
    void seal(ByteBuffer content, ByteBuffer target);

    /**
     * Writes the content of a sealed record into the target, which has room for it.
     *
     * @throws Wire.DamagedException if it isn't the next record that the peer has sealed
     */
    void open(ByteBuffer sealed, ByteBuffer target) throws Wire.DamagedException;
}
