package io.firesteel.engine.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Zeroed memory outside the heap, aligned to a cache line, as bytes for libtorch and as floats for Java. */
final class FlatMemory {
    private static final int CACHE_LINE = 64;
    private static final byte[] ZEROS = new byte[1 << 13];

    private final ByteBuffer bytes;

    FlatMemory(int floats) {
        int size = Math.multiplyExact(floats, Float.BYTES);
        ByteBuffer aligned =
                ByteBuffer.allocateDirect(Math.addExact(size, CACHE_LINE)).alignedSlice(CACHE_LINE);
        bytes = aligned.slice(0, size);
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
