package io.firesteel.engine.comm;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Ordered bytes to and from one peer. No method waits. Bytes are put and taken in place, so that a wire over memory needs
 * no copy of its own.
 *
 * <p>A failure is an {@link IOException}: an {@link java.io.EOFException} where the peer has closed, a
 * {@link DamagedException} where what it sent can't be what it meant, else whatever the network says.
 */
interface Wire extends Closeable {
    /** The peer's bytes were changed on their way, or it doesn't speak this protocol. */
    final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(String message) {
            super(message);
        }
    }

    /** What people call it in messages. */
    String name();

    /** Whether it is memory that the peer maps too. */
    default boolean isMemory() {
        return false;
    }

    /**
     * Where the next bytes for the peer are put, little-endian, until {@link #commit()}: position to limit is free, perhaps
     * nothing. Ends at a multiple of 8 bytes of the stream if it began at one.
     */
    ByteBuffer room() throws IOException;

    /** Takes over what was put into {@link #room()}; answers how many bytes of it the peer can see at once. */
    int commit() throws IOException;

    /** Moves on what was committed, as far as that goes now; answers how many bytes went. */
    int flush() throws IOException;

    /** Bytes committed that are left to {@link #flush()}. */
    int pending();

    /** What came and hasn't been taken, little-endian: position to limit, perhaps a part of it. Take by moving the position. */
    ByteBuffer received();

    /** Called when the position of {@link #received()} was moved, before it is asked for again. */
    void taken() throws IOException;

    /** Whether {@link #read()} has room for what may come. */
    boolean canRead();

    /** Looks for bytes of the peer; answers how many came. Fails, or answers -1, if none came and none will. */
    int read() throws IOException;

    /**
     * Makes the selector wake this rank when the peer has done what is waited for.
     *
     * @param room whether room to put bytes is waited for, or that what was committed goes
     * @param bytes whether bytes of the peer are waited for
     * @return false if there is no need to sleep, as it has happened already
     */
    boolean sleep(boolean room, boolean bytes);

    /** Ends what {@link #sleep} began. */
    void awake();
}
