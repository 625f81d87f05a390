package io.firesteel.engine.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Named tensors in the <a href="https://huggingface.co/docs/safetensors/index">safetensors</a> format, which Python
 * loads with {@code safetensors.torch.load_file(path)}:
 *
 * <pre>
 * bytes   content
 * 8       n, the length of the header, little-endian
 * n       JSON: name to {dtype, shape, data_offsets [begin, end)}, and under __metadata__ a map of strings;
 *         padded with spaces so that the data begin at a multiple of 8
 * rest    the data, without gaps or overlaps
 * </pre>
 *
 * <p>The order of the tensors is that of the header and survives the round trip. Data of larger elements come first, so
 * that every element is aligned.
 *
 * @param tensors with distinct names
 * @param metadata free text by name
 */
public record SafeTensors(List<StoredTensor> tensors, Map<String, String> metadata) {
    static final int LENGTH_BYTES = Long.BYTES;

    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    /**
     * Checks that names are distinct.
     *
     * @throws IllegalArgumentException if two tensors have the same name
     */
    public SafeTensors {
        tensors = List.copyOf(tensors);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        Set<String> names = new HashSet<>();
        for (StoredTensor tensor : tensors) {
            if (!names.add(tensor.name())) {
                throw new IllegalArgumentException(
                        "Invalid tensors: two are named " + tensor.name() + " (names must be distinct)");
            }
        }
    }

    /**
     * The tensor of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public StoredTensor tensor(String name) {
        for (StoredTensor tensor : tensors) {
            if (tensor.name().equals(name)) {
                return tensor;
            }
        }
        throw new IllegalArgumentException("Cannot find tensor: no " + name + " (expected one of "
                + tensors.stream().map(StoredTensor::name).toList() + ")");
    }

    /**
     * Writes the tensors; equal tensors and metadata in the same order give equal bytes.
     *
     * @param out neither flushed nor closed
     */
    public void writeTo(OutputStream out) throws IOException {
        List<StoredTensor> layout = SafeTensorsHeader.layout(tensors);
        byte[] header = SafeTensorsHeader.format(tensors, layout, metadata);
        ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.write(length.putLong(header.length).array());
        out.write(header);
        WritableByteChannel channel = Channels.newChannel(out);
        for (StoredTensor tensor : layout) {
            for (ByteBuffer data = tensor.data(); data.hasRemaining(); ) {
                channel.write(data);
            }
        }
    }

    /**
     * What {@link #writeTo} writes, in an array of just that size: for files that hold a model this saves their size twice.
     *
     * @throws IllegalArgumentException if that is 2 GiB or more
     */
    public byte[] toBytes() {
        List<StoredTensor> layout = SafeTensorsHeader.layout(tensors);
        byte[] header = header(layout);
        long size = (long) LENGTH_BYTES + header.length;
        for (StoredTensor tensor : layout) {
            size += tensor.data().remaining();
        }
        if (size > MAX_ARRAY) {
            throw new IllegalArgumentException("Cannot write tensors as one array: they have " + size
                    + " bytes (expected at most " + MAX_ARRAY + ")");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        layout.forEach(tensor -> bytes.put(tensor.data()));
        return bytes.array();
    }

    private byte[] header(List<StoredTensor> layout) {
        try {
            return SafeTensorsHeader.format(tensors, layout, metadata);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads to the end of a stream. The tensors' memory is on the heap and grows with what has really been read, so that
     * a damaged length can't exhaust it.
     *
     * @param in not closed
     * @throws SafeTensorsException if the bytes aren't a valid file; a tensor of 2 GiB or more isn't readable
     * @throws IOException if reading fails
     */
    public static SafeTensors read(InputStream in) throws IOException {
        byte[] length = readFully(in, LENGTH_BYTES, "header length");
        int headerLength = SafeTensorsHeader.checkedLength(
                ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
        SafeTensorsHeader header = SafeTensorsHeader.parse(readFully(in, headerLength, "header"));
        Map<String, ByteBuffer> data = new LinkedHashMap<>();
        for (SafeTensorsHeader.Entry entry : header.byOffset()) {
            data.put(entry.name(), ByteBuffer.wrap(readFully(in, entry.size(), "data of " + entry.name())));
        }
        if (in.read() >= 0) {
            throw new SafeTensorsException("bytes follow the last tensor (expected the end)");
        }
        return header.withData(data);
    }

    private static byte[] readFully(InputStream in, int size, String what) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw truncated(what, bytes.length, size);
        }
        return bytes;
    }

    private static SafeTensorsException truncated(String what, long actual, long expected) {
        return new SafeTensorsException(
                "end of data inside the " + what + " (" + actual + " bytes, expected " + expected + ")",
                new EOFException());
    }

    /**
     * Reads all bytes from position to limit; the tensors are views of them. The buffer's position stays.
     *
     * @throws SafeTensorsException if the bytes aren't a valid file
     */
    public static SafeTensors read(ByteBuffer bytes) throws SafeTensorsException {
        ByteBuffer source = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer length = part(source, 0, LENGTH_BYTES, "header length");
        int headerLength = SafeTensorsHeader.checkedLength(length.getLong());
        byte[] headerBytes = new byte[headerLength];
        part(source, LENGTH_BYTES, headerLength, "header").get(headerBytes);
        SafeTensorsHeader header = SafeTensorsHeader.parse(headerBytes);
        long position = (long) LENGTH_BYTES + headerLength;
        Map<String, ByteBuffer> data = new LinkedHashMap<>();
        for (SafeTensorsHeader.Entry entry : header.byOffset()) {
            data.put(entry.name(), part(source, position, entry.size(), "data of " + entry.name()));
            position += entry.size();
        }
        if (position != source.limit()) {
            throw new SafeTensorsException("bytes follow the last tensor (expected the end)");
        }
        return header.withData(data);
    }

    private static ByteBuffer part(ByteBuffer source, long start, int size, String what) throws SafeTensorsException {
        long available = Math.max(0, source.limit() - start);
        if (available < size) {
            throw truncated(what, available, size);
        }
        return source.slice((int) start, size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
