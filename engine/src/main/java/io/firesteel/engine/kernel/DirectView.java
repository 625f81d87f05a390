package io.firesteel.engine.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * The memory of a direct buffer as bytes. Vector instructions of JDK 17 reach memory outside the heap through a {@link
 * ByteBuffer} alone, while vectors travel as {@link FloatBuffer}s, which don't tell what they are views of. Every view is of
 * one class, whatever the buffer was, so that loops over views stay monomorphic. Needs {@code java.nio} open to us, as
 * Spark's launcher leaves it.
 */
public final class DirectView {
    private static final VarHandle ADDRESS;
    private static final MethodHandle NEW_BUFFER;

    static {
        VarHandle address = null;
        MethodHandle newBuffer = null;
        try {
            address = MethodHandles.privateLookupIn(Buffer.class, MethodHandles.lookup())
                    .findVarHandle(Buffer.class, "address", long.class);
            newBuffer = newBuffer(Class.forName("java.nio.DirectByteBuffer"));
        } catch (ReflectiveOperationException | RuntimeException e) {
            // java.nio is closed, or a JDK has another constructor: isSupported says so, and plain loops take over.
            newBuffer = null;
        }
        ADDRESS = address;
        NEW_BUFFER = newBuffer;
    }

    private DirectView() {}

    /** (address, bytes, what keeps the memory alive), without the segment of memory that JDK 17 takes as well. */
    private static MethodHandle newBuffer(Class<?> direct) throws ReflectiveOperationException {
        Class<?> segment = Class.forName("jdk.internal.access.foreign.MemorySegmentProxy");
        MethodHandle constructor = MethodHandles.privateLookupIn(direct, MethodHandles.lookup())
                .findConstructor(
                        direct, MethodType.methodType(void.class, long.class, int.class, Object.class, segment));
        return MethodHandles.insertArguments(constructor, 3, new Object[] {null})
                .asType(MethodType.methodType(ByteBuffer.class, long.class, int.class, Object.class));
    }

    /** Whether views can be made in this JVM, and addresses told. */
    public static boolean isSupported() {
        return NEW_BUFFER != null;
    }

    /**
     * Where a direct buffer's first element is, whatever its position: tells which memory a view is of. Only where {@linkplain
     * #isSupported() supported}.
     */
    public static long address(Buffer buffer) {
        return (long) ADDRESS.get(buffer);
    }

    /** Whether a view of this buffer can be made where views are supported: it is direct and in native byte order. */
    public static boolean canShow(FloatBuffer buffer) {
        return buffer.isDirect() && buffer.order() == ByteOrder.nativeOrder();
    }

    /**
     * A view of some floats.
     *
     * @param buffer {@linkplain #canShow direct and native}; stays reachable as long as the view
     * @param from first float, counted from the start of the buffer and not from its position
     * @param count floats
     * @throws IndexOutOfBoundsException if they reach beyond the buffer's limit
     */
    public static ByteBuffer of(FloatBuffer buffer, int from, int count) {
        Objects.checkFromIndexSize(from, count, buffer.limit());
        return view(buffer, (long) from * Float.BYTES, count * Float.BYTES);
    }

    /**
     * A view of some bytes.
     *
     * @param buffer direct; stays reachable as long as the view
     * @param from first byte, counted from the start of the buffer and not from its position
     * @param count bytes
     * @throws IndexOutOfBoundsException if they reach beyond the buffer's limit
     */
    public static ByteBuffer of(ByteBuffer buffer, int from, int count) {
        Objects.checkFromIndexSize(from, count, buffer.limit());
        return view(buffer, from, count);
    }

    private static ByteBuffer view(Buffer buffer, long offset, int bytes) {
        try {
            long address = (long) ADDRESS.get(buffer) + offset;
            ByteBuffer view = (ByteBuffer) NEW_BUFFER.invokeExact(address, bytes, (Object) buffer);
            return view.order(ByteOrder.nativeOrder());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Cannot view a direct buffer: " + e.getMessage(), e);
        }
    }
}
