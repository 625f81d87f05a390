package io.firesteel.spark.coordinator;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;

/**
 * Values as bytes, by Java's own serialization. Kryo, which a user may have set for data, can't read records; and Spark's
 * RPC on executors doesn't see the classes of a job jar, so messages cross it as bytes.
 */
public final class SerializedForm {
    private SerializedForm() {}

    /** The bytes of a serializable value. */
    public static byte[] toBytes(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The value that some bytes are of. */
    public static <T> T fromBytes(byte[] bytes, Class<T> type) {
        try (ObjectInputStream in = new ContextInputStream(bytes)) {
            return type.cast(in.readObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Cannot read a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Finds classes as Spark's tasks do: the job jar is on the thread's context loader. */
    private static final class ContextInputStream extends ObjectInputStream {
        ContextInputStream(byte[] bytes) throws IOException {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        protected Class<?> resolveClass(java.io.ObjectStreamClass description)
                throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, SerializedForm.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }
}
