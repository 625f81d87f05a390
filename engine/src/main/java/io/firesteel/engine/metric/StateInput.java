package io.firesteel.engine.metric;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of a state as numbers again. Every length is compared with the bytes that are there before memory is taken. */
public final class StateInput {
    private final String metric;
    private final ByteBuffer buffer;

    StateInput(String metric, ByteBuffer buffer) {
        this.metric = metric;
        this.buffer = buffer;
    }

    public int readInt() {
        return need(Integer.BYTES).getInt();
    }

    public long readLong() {
        return need(Long.BYTES).getLong();
    }

    public double readDouble() {
        return need(Double.BYTES).getDouble();
    }

    public double[] readDoubles(int count) {
        need((long) count * Double.BYTES);
        double[] values = new double[count];
        buffer.asDoubleBuffer().get(values);
        buffer.position(buffer.position() + count * Double.BYTES);
        return values;
    }

    public long[] readLongs(int count) {
        need((long) count * Long.BYTES);
        long[] values = new long[count];
        buffer.asLongBuffer().get(values);
        buffer.position(buffer.position() + count * Long.BYTES);
        return values;
    }

    public String readText() {
        byte[] bytes = new byte[readCount(1)];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * A number of elements that follow.
     *
     * @param elementBytes the least that each of them takes, &gt; 0
     */
    public int readCount(int elementBytes) {
        int count = readInt();
        check(
                count >= 0 && (long) count * elementBytes <= buffer.remaining(),
                "bad number of elements",
                count,
                "0 to " + buffer.remaining() / elementBytes);
        return count;
    }

    /**
     * Refuses bytes that can't be those of a state.
     *
     * @param why what is wrong, in a few words
     * @param value what stands there
     * @param expected what should
     */
    public void check(boolean valid, String why, Object value, Object expected) {
        StateBytes.check(valid, metric, why, value, expected);
    }

    void end() {
        check(!buffer.hasRemaining(), "bytes left over", buffer.remaining(), 0);
    }

    private ByteBuffer need(long bytes) {
        check(bytes >= 0 && bytes <= buffer.remaining(), "too few bytes", buffer.remaining(), bytes);
        return buffer;
    }
}
