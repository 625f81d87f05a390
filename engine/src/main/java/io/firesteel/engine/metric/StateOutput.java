package io.firesteel.engine.metric;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The numbers of a state on their way to bytes, big-endian. {@link StateInput} reads them in the same order. */
public final class StateOutput {
    private static final int FIRST_BYTES = 64;

    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BYTES);

    StateOutput() {}

    public void writeInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    public void writeLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    public void writeDouble(double value) {
        room(Double.BYTES).putDouble(value);
    }

    /** Writes all of them, without their number. */
    public void writeDoubles(double[] values) {
        writeDoubles(values, values.length);
    }

    /** Writes the first ones, without their number. */
    public void writeDoubles(double[] values, int count) {
        room(Math.multiplyExact(count, Double.BYTES));
        for (int i = 0; i < count; i++) {
            buffer.putDouble(values[i]);
        }
    }

    /** Writes the first ones, without their number. */
    public void writeLongs(long[] values, int count) {
        room(Math.multiplyExact(count, Long.BYTES));
        for (int i = 0; i < count; i++) {
            buffer.putLong(values[i]);
        }
    }

    /** Writes a text in UTF-8, with its length. */
    public void writeText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeInt(bytes.length);
        room(bytes.length).put(bytes);
    }

    ByteBuffer bytes() {
        return buffer.duplicate().flip();
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = Math.addExact(buffer.position(), bytes);
            int capacity = (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(needed, 2L * buffer.capacity()));
            buffer = ByteBuffer.allocate(Math.max(capacity, needed)).put(buffer.flip());
        }
        return buffer;
    }
}
