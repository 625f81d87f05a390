package io.firesteel.engine.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * A named tensor as bytes. Two are equal if name, type, shape and bytes are.
 *
 * @param name not empty and not {@code __metadata__}
 * @param type element type
 * @param shape sizes of all axes, each &gt;= 0; empty for a scalar
 * @param data the elements in row-major order, little-endian, between position and limit: not copied, so nobody may
 *     change them while the tensor is in use; handed out read-only
 */
public record StoredTensor(String name, StoredType type, List<Long> shape, ByteBuffer data) {
    static final String RESERVED_NAME = "__metadata__";

    /**
     * Checks that the data have the size that type and shape say.
     *
     * @throws IllegalArgumentException if they don't, or the name or a size is out of range
     */
    public StoredTensor {
        if (name.isEmpty() || name.equals(RESERVED_NAME)) {
            throw new IllegalArgumentException(
                    "Invalid tensor name: \"" + name + "\" (must not be empty or " + RESERVED_NAME + ")");
        }
        shape = List.copyOf(shape);
        long expected = bytes(name, type, shape);
        if (data.remaining() != expected) {
            throw new IllegalArgumentException("Invalid data of " + name + ": " + data.remaining() + " bytes (must be "
                    + expected + " for " + type + " " + shape + ")");
        }
        data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes that a tensor of this type and shape has. */
    static long bytes(String name, StoredType type, List<Long> shape) {
        try {
            long bytes = type.bytes();
            for (long size : shape) {
                if (size < 0) {
                    throw new IllegalArgumentException(
                            "Invalid shape of " + name + ": " + shape + " (every size must be >= 0)");
                }
                bytes = Math.multiplyExact(bytes, size);
            }
            return bytes;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "Invalid shape of " + name + ": " + shape + " (must have less than 2^63 bytes)", e);
        }
    }

    /**
     * A float32 tensor.
     *
     * @param values copied, between position and limit
     */
    public static StoredTensor ofFloats(String name, List<Long> shape, FloatBuffer values) {
        ByteBuffer data = allocate(values.remaining(), StoredType.F32);
        data.asFloatBuffer().put(values.duplicate());
        return new StoredTensor(name, StoredType.F32, shape, data);
    }

    /**
     * An int64 tensor.
     *
     * @param values copied, between position and limit
     */
    public static StoredTensor ofLongs(String name, List<Long> shape, LongBuffer values) {
        ByteBuffer data = allocate(values.remaining(), StoredType.I64);
        data.asLongBuffer().put(values.duplicate());
        return new StoredTensor(name, StoredType.I64, shape, data);
    }

    private static ByteBuffer allocate(int elements, StoredType type) {
        return ByteBuffer.allocate(Math.multiplyExact(elements, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A new little-endian view of the elements, read-only, from position 0 on. */
    @Override
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The elements of a float32 tensor, not copied.
     *
     * @throws IllegalStateException if it is of another type
     */
    public FloatBuffer floats() {
        checkType(StoredType.F32);
        return data().asFloatBuffer();
    }

    /**
     * The elements of an int64 tensor, not copied.
     *
     * @throws IllegalStateException if it is of another type
     */
    public LongBuffer longs() {
        checkType(StoredType.I64);
        return data().asLongBuffer();
    }

    private void checkType(StoredType expected) {
        if (type != expected) {
            throw new IllegalStateException(
                    "Cannot read elements of " + name + ": other type (" + type + ", expected " + expected + ")");
        }
    }
}
