package io.firesteel.engine.metric;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The envelope of every metric state, and the only class that knows its layout. Numbers are big-endian.
 *
 * <pre>
 * offset   bytes  content
 * 0        4      "FSMS"
 * 4        1      format version, 1
 * 5        1      n, the length of the metric's name, 1 to 127
 * 6        n      the name in ASCII
 * 6+n      p      payload, as the state's own class says
 * 6+n+p    4      CRC-32 of all bytes before
 * </pre>
 */
final class StateBytes {
    static final byte VERSION = 1;

    private static final int MAGIC = 0x46534d53;
    private static final int FIXED_BYTES = 10;
    private static final int CHECKSUM_BYTES = 4;

    private StateBytes() {}

    static byte[] wrap(String metric, ByteBuffer payload) {
        byte[] name = metric.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + name.length + payload.remaining());
        bytes.putInt(MAGIC).put(VERSION).put((byte) name.length).put(name).put(payload);
        bytes.putInt(checksum(bytes.array(), bytes.position()));
        return bytes.array();
    }

    /** A name that fits into the envelope. */
    static String checkedName(String name) {
        int length = name.length();
        if (length < 1
                || length > Byte.MAX_VALUE
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException(
                    "Invalid name of a metric's state: " + name + " (must be 1 to 127 characters of ASCII)");
        }
        return name;
    }

    /** The payload; throws if anything around it isn't as {@link #wrap} writes it. */
    static ByteBuffer unwrap(String metric, byte[] bytes) {
        check(bytes.length >= FIXED_BYTES, metric, "too few bytes", bytes.length, "at least " + FIXED_BYTES);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int magic = buffer.getInt();
        check(magic == MAGIC, metric, "not a metric state", hex(magic), hex(MAGIC));
        byte version = buffer.get();
        check(version == VERSION, metric, "other format version", version, VERSION);
        int covered = bytes.length - CHECKSUM_BYTES;
        int expected = checksum(bytes, covered);
        int actual = buffer.getInt(covered);
        check(actual == expected, metric, "damaged bytes, by their checksum", hex(actual), hex(expected));
        buffer.limit(covered);
        String name = name(metric, buffer);
        check(name.equals(metric), metric, "state of another metric", name, metric);
        return buffer;
    }

    private static String name(String metric, ByteBuffer buffer) {
        int length = buffer.get();
        check(
                length > 0 && length <= buffer.remaining(),
                metric,
                "bad length of the name",
                length,
                "1 to " + buffer.remaining());
        byte[] name = new byte[length];
        buffer.get(name);
        return new String(name, StandardCharsets.US_ASCII);
    }

    static void check(boolean valid, String metric, String why, Object value, Object expected) {
        if (!valid) {
            throw new IllegalArgumentException("Cannot read state of metric " + metric + ": " + why + " (" + value
                    + ", expected " + expected + ")");
        }
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }

    private static String hex(int value) {
        return String.format("%08x", value);
    }
}
