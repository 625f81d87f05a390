package io.firesteel.engine.kernel;

import java.nio.FloatBuffer;

/** Clears floats by bulk copies, which take a fraction of the time of a loop over a buffer. */
public final class Zeros {
    private static final float[] CHUNK = new float[1024];

    private Zeros() {}

    /**
     * Sets floats to 0; position and limit stay where they are.
     *
     * @param from first float, counted from the start of the buffer and not from its position
     * @param count floats
     * @throws IndexOutOfBoundsException if they reach beyond the buffer's limit
     */
    public static void put(FloatBuffer buffer, int from, int count) {
        int end = from + count;
        for (int at = from; at < end; at += CHUNK.length) {
            buffer.put(at, CHUNK, 0, Math.min(CHUNK.length, end - at));
        }
    }
}
