package io.firesteel.engine.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The bytes of a {@link StateDict}, big-endian: {@code FSST}, the format's version, the layout's version, the number of values,
 * the values, and a CRC-32 of all that. A value is its name, a letter for its type, and what it holds; strings and arrays
 * begin with their length.
 */
final class StateDictBytes {
    private static final int MAGIC = 0x46535354;
    private static final byte FORMAT = 1;
    private static final int HEADER = Integer.BYTES + 1 + 2 * Integer.BYTES;
    private static final int CHECKSUM = Integer.BYTES;

    private final ByteBuffer in;

    StateDictBytes(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    static byte[] of(int version, Map<String, Object> values) {
        int size = HEADER + CHECKSUM;
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            size = Math.addExact(size, sizeOf(entry.getKey()) + 1);
            size = Math.addExact(size, sizeOf(entry.getValue()));
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putInt(MAGIC).put(FORMAT).putInt(version).putInt(values.size());
        values.forEach((name, value) -> {
            write(out, name);
            out.put(letter(value));
            write(out, value);
        });
        out.putInt(checksum(out.array()));
        return out.array();
    }

    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, bytes.length - CHECKSUM);
        return (int) checksum.getValue();
    }

    private static int sizeOf(Object value) {
        return switch (letter(value)) {
            case 'b' -> 1;
            case 's' -> Integer.BYTES + utf8((String) value).length;
            case 'L' -> Math.addExact(Integer.BYTES, Math.multiplyExact(Long.BYTES, ((long[]) value).length));
            case 'D' -> Math.addExact(Integer.BYTES, Math.multiplyExact(Double.BYTES, ((double[]) value).length));
            case 'F' -> Math.addExact(Integer.BYTES, Math.multiplyExact(Float.BYTES, ((float[]) value).length));
            default -> Long.BYTES;
        };
    }

    private static byte letter(Object value) {
        Class<?> type = value.getClass();
        if (type.isArray()) {
            return (byte)
                    Character.toUpperCase(type.getComponentType().getName().charAt(0));
        }
        return (byte) Character.toLowerCase(type.getSimpleName().charAt(0));
    }

    private static void write(ByteBuffer out, Object value) {
        switch (letter(value)) {
            case 'b' -> out.put((byte) ((Boolean) value ? 1 : 0));
            case 'l' -> out.putLong((Long) value);
            case 'd' -> out.putDouble((Double) value);
            case 's' -> writeString(out, (String) value);
            default -> writeArray(out, value);
        }
    }

    private static void writeString(ByteBuffer out, String text) {
        byte[] bytes = utf8(text);
        out.putInt(bytes.length).put(bytes);
    }

    private static void writeArray(ByteBuffer out, Object value) {
        if (value instanceof long[] longs) {
            out.putInt(longs.length).asLongBuffer().put(longs);
            skip(out, longs.length * Long.BYTES);
        } else if (value instanceof double[] doubles) {
            out.putInt(doubles.length).asDoubleBuffer().put(doubles);
            skip(out, doubles.length * Double.BYTES);
        } else {
            float[] floats = (float[]) value;
            out.putInt(floats.length).asFloatBuffer().put(floats);
            skip(out, floats.length * Float.BYTES);
        }
    }

    private static void skip(ByteBuffer buffer, int bytes) {
        buffer.position(buffer.position() + bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    StateDict read() {
        if (in.capacity() < HEADER + CHECKSUM || in.getInt() != MAGIC) {
            throw unreadable(in.capacity() + " bytes that don't begin like one");
        }
        byte format = in.get();
        if (format != FORMAT) {
            throw unreadable("its format is " + format + " (expected " + FORMAT + ")");
        }
        if (in.getInt(in.capacity() - CHECKSUM) != checksum(in.array())) {
            throw unreadable("its checksum is wrong");
        }
        in.limit(in.capacity() - CHECKSUM);
        StateDict.Builder values = StateDict.builder(in.getInt());
        int count = in.getInt();
        for (int i = 0; i < count; i++) {
            values.putAny(readString(), readValue(take(1).get()));
        }
        if (in.hasRemaining()) {
            throw unreadable(in.remaining() + " bytes follow its values");
        }
        return values.build();
    }

    private Object readValue(byte letter) {
        return switch (letter) {
            case 'b' -> take(1).get() != 0;
            case 'l' -> take(Long.BYTES).getLong();
            case 'd' -> take(Double.BYTES).getDouble();
            case 's' -> readString();
            case 'L' -> readLongs();
            case 'D' -> readDoubles();
            case 'F' -> readFloats();
            default -> throw unreadable("it has a value of type " + letter);
        };
    }

    private String readString() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(takeArray(1)).toString();
        } catch (CharacterCodingException e) {
            throw unreadable("a string isn't UTF-8");
        }
    }

    private long[] readLongs() {
        ByteBuffer part = takeArray(Long.BYTES);
        long[] values = new long[part.remaining() / Long.BYTES];
        part.asLongBuffer().get(values);
        return values;
    }

    private double[] readDoubles() {
        ByteBuffer part = takeArray(Double.BYTES);
        double[] values = new double[part.remaining() / Double.BYTES];
        part.asDoubleBuffer().get(values);
        return values;
    }

    private float[] readFloats() {
        ByteBuffer part = takeArray(Float.BYTES);
        float[] values = new float[part.remaining() / Float.BYTES];
        part.asFloatBuffer().get(values);
        return values;
    }

    private ByteBuffer takeArray(int elementBytes) {
        return take((long) elementBytes * take(Integer.BYTES).getInt());
    }

    private ByteBuffer take(long bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw unreadable("it ends early (" + in.remaining() + " bytes left, expected " + bytes + ")");
        }
        ByteBuffer part = in.slice(in.position(), (int) bytes);
        skip(in, (int) bytes);
        return part;
    }

    private static IllegalArgumentException unreadable(String why) {
        return new IllegalArgumentException("Cannot read the bytes of a state: " + why);
    }
}
