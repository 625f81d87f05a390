package io.firesteel.engine;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.firesteel.engine.checkpoint.SafeTensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Expected values from other software, under {@code src/test/resources/facts}; its README says how they were made. */
public final class Facts {
    private Facts() {}

    /** The content of a JSON file of facts. */
    public static JsonObject json(String file) {
        try (Reader reader = new InputStreamReader(open(file), StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a safetensors file of facts. */
    public static SafeTensors tensors(String file) {
        try (InputStream stream = open(file)) {
            return SafeTensors.read(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of facts; the caller closes it. */
    public static InputStream open(String file) {
        InputStream stream = Facts.class.getResourceAsStream("/facts/" + file);
        if (stream == null) {
            throw new IllegalArgumentException("Cannot open facts: no file " + file);
        }
        return stream;
    }

    /** A JSON array of numbers as float32. */
    public static float[] floats(JsonArray array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).getAsFloat();
        }
        return values;
    }
}
