package io.firesteel.engine.metric;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.firesteel.engine.Facts;
import java.util.List;
import java.util.stream.Stream;

/** The cases of metrics.json: rows, and the values that scikit-learn and NumPy give for them. */
final class MetricFacts {
    private MetricFacts() {}

    record Case(String name, MetricRows rows, JsonObject expected) {
        double value(String metric) {
            return expected.get(metric).getAsDouble();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        List<JsonElement> cases =
                Facts.json("metrics.json").getAsJsonArray("cases").asList();
        return cases.stream().map(element -> parse(element.getAsJsonObject()));
    }

    private static Case parse(JsonObject json) {
        MetricRows rows = new MetricRows(
                json.get("columns").getAsInt(),
                floats(json, "predictions"),
                longs(json, "classes"),
                floats(json, "targets"),
                floats(json, "weights"),
                floats(json, "losses"));
        return new Case(json.get("case").getAsString(), rows, json);
    }

    private static float[] floats(JsonObject json, String key) {
        return json.has(key) ? Facts.floats(json.getAsJsonArray(key)) : null;
    }

    private static long[] longs(JsonObject json, String key) {
        if (!json.has(key)) {
            return null;
        }
        JsonArray array = json.getAsJsonArray(key);
        return array.asList().stream().mapToLong(JsonElement::getAsLong).toArray();
    }
}
