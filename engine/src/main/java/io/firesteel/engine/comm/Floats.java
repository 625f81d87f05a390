package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Copies floats between vectors and the bytes of the wire. */
final class Floats {
    private Floats() {}

    static void put(FloatBuffer source, int from, int count, ByteBuffer target) {
        target.asFloatBuffer().put(0, source, from, count);
        target.position(target.position() + count * Float.BYTES);
    }

    /** Takes the whole floats and leaves the rest. */
    static void take(ByteBuffer source, FloatBuffer target, int from) {
        int count = source.remaining() / Float.BYTES;
        target.put(from, source.asFloatBuffer(), 0, count);
        source.position(source.position() + count * Float.BYTES);
    }
}
