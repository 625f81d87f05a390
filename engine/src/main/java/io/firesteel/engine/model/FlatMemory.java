package io.firesteel.engine.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Zeroed memory outside the heap, aligned to a cache line, as bytes for libtorch and as floats for Java. Where loops walk over
 * two of them side by side, they should begin at different places of a memory page: processors take a load for one that needs
 * a store before it if the last 12 bits of their addresses agree.
 */
final class FlatMemory {
    /** Half a memory page, in bytes. */
    static final int HALF_PAGE = 2048;

    private static final int PAGE = 2 * HALF_PAGE;
    private static final byte[] ZEROS = new byte[1 << 13];

    private final ByteBuffer bytes;

    /** @param offset bytes between the beginning of a memory page and that of this memory: a multiple of 64, less than a page */
    FlatMemory(int floats, int offset) {
        int size = Math.multiplyExact(floats, Float.BYTES);
        ByteBuffer aligned =
                ByteBuffer.allocateDirect(Math.addExact(size, 3 * PAGE)).alignedSlice(PAGE);
        bytes = aligned.slice(offset, size);
    }

    /** Memory that somebody else has allocated, from its position to its limit. */
    FlatMemory(ByteBuffer memory) {
        bytes = memory.slice();
    }

    /** A part of this memory; it keeps the whole alive. */
    ByteBuffer slice(int offset, int length) {
        return bytes.slice(offset * Float.BYTES, length * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    FloatBuffer floats() {
        return bytes.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    void zero() {
        ByteBuffer target = bytes.duplicate();
        while (target.hasRemaining()) {
            target.put(ZEROS, 0, Math.min(ZEROS.length, target.remaining()));
        }
    }
}
