package io.firesteel.engine.checkpoint;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a safetensors file, checked so that each byte of the data belongs to exactly one tensor.
 *
 * @param entries in the order of the header
 * @param metadata free text by name
 */
record SafeTensorsHeader(List<Entry> entries, Map<String, String> metadata) {
    /** The limit of the format's own library. */
    static final int MAX_BYTES = 100_000_000;

    private static final int ALIGNMENT = 8;
    private static final int MAX_TENSOR_BYTES = Integer.MAX_VALUE - 8;

    /** Where one tensor lies: its bytes are those from {@code begin} to {@code end}, exclusive, of the data. */
    record Entry(String name, StoredType type, List<Long> shape, long begin, long end) {
        int size() {
            return (int) (end - begin);
        }
    }

    static int checkedLength(long length) throws SafeTensorsException {
        if (length < 0 || length > MAX_BYTES) {
            throw new SafeTensorsException("header length out of range (" + Long.toUnsignedString(length)
                    + " bytes, expected at most " + MAX_BYTES + "); is this a safetensors file?");
        }
        return (int) length;
    }

    static SafeTensorsHeader parse(byte[] json) throws SafeTensorsException {
        SafeTensorsHeader header = HeaderParser.parse(json);
        for (Entry entry : header.entries) {
            checkSize(entry);
        }
        long position = 0;
        for (Entry entry : header.byOffset()) {
            if (entry.begin != position) {
                throw new SafeTensorsException((entry.begin < position ? "overlap" : "gap") + " before the data of "
                        + entry.name + " (offset " + entry.begin + ", expected " + position + ")");
            }
            position = entry.end;
        }
        return header;
    }

    private static void checkSize(Entry entry) throws SafeTensorsException {
        long size = entry.end - entry.begin;
        if (entry.begin < 0 || size < 0) {
            throw new SafeTensorsException("offsets of " + entry.name + " out of range ([" + entry.begin + ", "
                    + entry.end + "], expected 0 <= begin <= end)");
        }
        long expected = expectedBytes(entry);
        if (size != expected) {
            throw new SafeTensorsException("offsets and shape of " + entry.name + " differ (" + size
                    + " bytes, expected " + expected + " for " + entry.type + " " + entry.shape + ")");
        }
        if (size > MAX_TENSOR_BYTES) {
            throw new SafeTensorsException("tensor " + entry.name + " is too large (" + size
                    + " bytes, expected at most " + MAX_TENSOR_BYTES + ")");
        }
    }

    private static long expectedBytes(Entry entry) throws SafeTensorsException {
        try {
            return StoredTensor.bytes(entry.name, entry.type, entry.shape);
        } catch (IllegalArgumentException e) {
            throw new SafeTensorsException(e.getMessage(), e);
        }
    }

    /** The entries in the order of their data. */
    List<Entry> byOffset() {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        return sorted;
    }

    SafeTensors withData(Map<String, ByteBuffer> data) {
        List<StoredTensor> tensors = entries.stream()
                .map(entry -> new StoredTensor(entry.name, entry.type, entry.shape, data.get(entry.name)))
                .toList();
        return new SafeTensors(tensors, metadata);
    }

    /** The order of the data: larger elements first, else as given. */
    static List<StoredTensor> layout(List<StoredTensor> tensors) {
        List<StoredTensor> sorted = new ArrayList<>(tensors);
        sorted.sort(Comparator.comparingInt(tensor -> -tensor.type().bytes()));
        return sorted;
    }

    /** The header of {@code tensors}, whose data follow in the order of {@code layout}. */
    static byte[] format(List<StoredTensor> tensors, List<StoredTensor> layout, Map<String, String> metadata)
            throws IOException {
        Map<String, Long> begins = new HashMap<>();
        long position = 0;
        for (StoredTensor tensor : layout) {
            begins.put(tensor.name(), position);
            position += tensor.data().remaining();
        }
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            writeMetadata(json, metadata);
            for (StoredTensor tensor : tensors) {
                writeEntry(json, tensor, begins.get(tensor.name()));
            }
            json.endObject();
        }
        return padded(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void writeMetadata(JsonWriter json, Map<String, String> metadata) throws IOException {
        if (metadata.isEmpty()) {
            return;
        }
        json.name(StoredTensor.RESERVED_NAME).beginObject();
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
    }

    private static void writeEntry(JsonWriter json, StoredTensor tensor, long begin) throws IOException {
        json.name(tensor.name()).beginObject();
        json.name("dtype").value(tensor.type().name());
        json.name("shape").beginArray();
        for (long size : tensor.shape()) {
            json.value(size);
        }
        json.endArray();
        json.name("data_offsets").beginArray();
        json.value(begin).value(begin + tensor.data().remaining()).endArray();
        json.endObject();
    }

    private static byte[] padded(byte[] json) {
        int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] header = Arrays.copyOf(json, length);
        Arrays.fill(header, json.length, length, (byte) ' ');
        return header;
    }
}
