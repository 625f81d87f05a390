package io.firesteel.engine.checkpoint;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the JSON of a safetensors header and nothing beyond its fixed structure: no unknown keys, no names twice, no
 * numbers but decimal integers.
 */
final class HeaderParser {
    private final JsonReader json;

    private HeaderParser(JsonReader json) {
        this.json = json;
    }

    static SafeTensorsHeader parse(byte[] bytes) throws SafeTensorsException {
        String text = decode(bytes);
        if (!text.startsWith("{")) {
            throw new SafeTensorsException("header is no JSON object (expected \"{\" first)");
        }
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            return new HeaderParser(reader).header();
        } catch (SafeTensorsException e) {
            throw e;
        } catch (IOException e) {
            throw new SafeTensorsException("header is no valid JSON", e);
        }
    }

    private static String decode(byte[] bytes) throws SafeTensorsException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SafeTensorsException("header is no valid UTF-8", e);
        }
    }

    private SafeTensorsHeader header() throws IOException {
        Map<String, SafeTensorsHeader.Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = null;
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (name.equals(StoredTensor.RESERVED_NAME)) {
                checkFirst(metadata == null, name);
                metadata = metadata();
            } else {
                checkFirst(entries.put(name, entry(name)) == null, name);
            }
        }
        json.endObject();
        expect(JsonToken.END_DOCUMENT, "header");
        return new SafeTensorsHeader(List.copyOf(entries.values()), metadata == null ? Map.of() : metadata);
    }

    private static void checkFirst(boolean first, String name) throws SafeTensorsException {
        if (!first) {
            throw new SafeTensorsException("name " + name + " appears twice in the header");
        }
    }

    private Map<String, String> metadata() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        begin(JsonToken.BEGIN_OBJECT, StoredTensor.RESERVED_NAME);
        while (json.hasNext()) {
            String key = json.nextName();
            String what = StoredTensor.RESERVED_NAME + " " + key;
            checkFirst(metadata.put(key, string(what)) == null, what);
        }
        json.endObject();
        return metadata;
    }

    private SafeTensorsHeader.Entry entry(String name) throws IOException {
        if (name.isEmpty()) {
            throw new SafeTensorsException("empty tensor name in the header");
        }
        Fields fields = new Fields();
        begin(JsonToken.BEGIN_OBJECT, name);
        while (json.hasNext()) {
            read(fields, name, json.nextName());
        }
        json.endObject();
        return fields.entry(name);
    }

    private void read(Fields fields, String name, String key) throws IOException {
        String what = name + " " + key;
        switch (key) {
            case "dtype" -> {
                checkFirst(fields.type == null, what);
                fields.type = type(what);
            }
            case "shape" -> {
                checkFirst(fields.shape == null, what);
                fields.shape = integers(what);
            }
            case "data_offsets" -> {
                checkFirst(fields.offsets == null, what);
                fields.offsets = integers(what);
            }
            default ->
                throw new SafeTensorsException(
                        "unknown key " + key + " of " + name + " (expected dtype, shape or data_offsets)");
        }
    }

    /** What has been read of an entry, in any order. */
    private static final class Fields {
        private StoredType type;
        private List<Long> shape;
        private List<Long> offsets;

        SafeTensorsHeader.Entry entry(String name) throws SafeTensorsException {
            if (type == null || shape == null || offsets == null) {
                throw new SafeTensorsException(
                        "incomplete entry of " + name + " (expected dtype, shape and data_offsets)");
            }
            if (offsets.size() != 2) {
                throw new SafeTensorsException(
                        "bad length of " + name + " data_offsets (" + offsets.size() + ", expected 2: begin and end)");
            }
            return new SafeTensorsHeader.Entry(name, type, shape, offsets.get(0), offsets.get(1));
        }
    }

    private StoredType type(String what) throws IOException {
        String dtype = string(what);
        try {
            return StoredType.valueOf(dtype);
        } catch (IllegalArgumentException e) {
            throw new SafeTensorsException(
                    "unknown " + what + " (" + dtype + ", expected one of " + List.of(StoredType.values()) + ")", e);
        }
    }

    private List<Long> integers(String what) throws IOException {
        List<Long> values = new ArrayList<>();
        begin(JsonToken.BEGIN_ARRAY, what);
        while (json.hasNext()) {
            expect(JsonToken.NUMBER, what);
            values.add(integer(what, json.nextString()));
        }
        json.endArray();
        return List.copyOf(values);
    }

    private static long integer(String what, String number) throws SafeTensorsException {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            throw new SafeTensorsException("bad number in " + what + " (" + number + ", expected an integer)", e);
        }
    }

    private String string(String what) throws IOException {
        expect(JsonToken.STRING, what);
        return json.nextString();
    }

    private void begin(JsonToken token, String what) throws IOException {
        expect(token, what);
        if (token == JsonToken.BEGIN_ARRAY) {
            json.beginArray();
        } else {
            json.beginObject();
        }
    }

    private void expect(JsonToken expected, String what) throws IOException {
        JsonToken actual = json.peek();
        if (actual != expected) {
            throw new SafeTensorsException(
                    "bad JSON structure at " + what + " (" + lower(actual) + ", expected " + lower(expected) + ")");
        }
    }

    private static String lower(JsonToken token) {
        return token.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
