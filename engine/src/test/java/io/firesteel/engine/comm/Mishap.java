package io.firesteel.engine.comm;

import java.time.Duration;

/**
 * What a {@link FaultyNetwork} does to the bytes that go from one rank to another. Offsets count the bytes that one
 * direction of one connection has carried, handshake included.
 *
 * @param kind what happens
 * @param at byte offset at which it happens; 0 for what lasts
 * @param amount bytes or nanoseconds, by kind
 */
record Mishap(Kind kind, long at, long amount) {
    /** The kinds of mishaps; the terminal ones let no byte from the offset on through. */
    enum Kind {
        CUT,
        END,
        STALL,
        ISOLATE,
        DROP,
        FLIP,
        PIECES,
        DELAY,
        THROTTLE;

        boolean terminal() {
            return compareTo(ISOLATE) <= 0;
        }
    }

    /** Both ends get a reset as soon as {@code bytes} bytes are through. */
    static Mishap cutAt(long bytes) {
        return new Mishap(Kind.CUT, bytes, 0);
    }

    /** The receiver sees an orderly end after {@code bytes} bytes, as if the sender had closed. */
    static Mishap endAt(long bytes) {
        return new Mishap(Kind.END, bytes, 0);
    }

    /** Nothing more comes through this direction, not even the end; the connection stays open. */
    static Mishap stallAt(long bytes) {
        return new Mishap(Kind.STALL, bytes, 0);
    }

    /** As if the sender's host were unplugged: nothing more comes through to it or from it, on any of its links. */
    static Mishap isolateAt(long bytes) {
        return new Mishap(Kind.ISOLATE, bytes, 0);
    }

    /** {@code count} bytes are missing. */
    static Mishap dropAt(long offset, long count) {
        return new Mishap(Kind.DROP, offset, count);
    }

    /** One bit of the byte at the offset is wrong. */
    static Mishap flipAt(long offset, int bit) {
        return new Mishap(Kind.FLIP, offset, bit);
    }

    /** Bytes arrive in pieces of 1 to {@code maxBytes} bytes, random by the network's seed. */
    static Mishap pieces(int maxBytes) {
        return new Mishap(Kind.PIECES, 0, maxBytes);
    }

    /** Every piece waits for a random time of at most {@code longest}; what comes meanwhile goes on with the next piece. */
    static Mishap delay(Duration longest) {
        return new Mishap(Kind.DELAY, 0, longest.toNanos());
    }

    /** At most {@code bytes} bytes come through each millisecond. */
    static Mishap throttle(int bytes) {
        return new Mishap(Kind.THROTTLE, 0, bytes);
    }
}
