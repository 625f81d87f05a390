package io.firesteel.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.firesteel.engine.Facts;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;

/**
 * Files of cases, each of them rows and what other software says of them. A case is an object with {@code case} (its name);
 * {@code rows} where nothing else says how many; {@code float32} if numbers are the shortest decimals of float32; {@code predictions} with {@code columns} and {@code kind}; {@code classes},
 * {@code targets} with {@code targetColumns}; {@code weights}, {@code losses}, {@code groups}, {@code texts} with {@code
 * references}; and {@code expected}: by a metric's text, a number, "NaN", "Infinity", an array, an object, or null if these rows
 * have no such value.
 */
public final class MetricFacts {
    private static final double TOLERANCE = 1e-9;

    private MetricFacts() {}

    /** One test for each value of each case. */
    public static Stream<DynamicTest> tests(String file) {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonElement element : Facts.json(file).getAsJsonArray("cases")) {
            JsonObject json = element.getAsJsonObject();
            MetricRows rows = rows(json);
            json.getAsJsonObject("expected").entrySet().forEach(expected -> {
                String name = json.get("case").getAsString() + ": " + expected.getKey();
                tests.add(dynamicTest(name, () -> check(Metrics.of(expected.getKey()), rows, expected.getValue())));
            });
        }
        return tests.stream();
    }

    private static <S> void check(Metric<S> metric, MetricRows rows, JsonElement expected) {
        S state = metric.zero();
        metric.update(state, rows.all());
        if (expected.isJsonNull()) {
            assertThatExceptionOfType(NotComputableException.class).isThrownBy(() -> metric.compute(state));
            return;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        flatten(metric.name(), expected, values);
        Map<String, Double> actual = metric.compute(state).flatten(metric.name());
        assertThat(actual.keySet()).isEqualTo(values.keySet());
        values.forEach((name, value) -> assertClose(name, actual.get(name), value));
    }

    private static void assertClose(String name, double actual, double expected) {
        if (Double.isFinite(expected)) {
            Offset<Double> offset = Offset.offset(TOLERANCE * Math.max(Math.abs(expected), 1e-3));
            assertThat(actual).as(name).isCloseTo(expected, offset);
        } else {
            assertThat(actual).as(name).isEqualTo(Double.valueOf(expected));
        }
    }

    private static void flatten(String name, JsonElement json, Map<String, Double> into) {
        if (json.isJsonArray()) {
            for (int i = 0; i < json.getAsJsonArray().size(); i++) {
                flatten(name + "[" + i + "]", json.getAsJsonArray().get(i), into);
            }
        } else if (json.isJsonObject()) {
            json.getAsJsonObject()
                    .entrySet()
                    .forEach(field -> flatten(name + "." + field.getKey(), field.getValue(), into));
        } else {
            into.put(name, Double.parseDouble(json.getAsString()));
        }
    }

    private static MetricRows rows(JsonObject json) {
        MetricRows rows = new MetricRows(count(json));
        if (json.has("kind")) {
            rows.kind(PredictionKind.valueOf(json.get("kind").getAsString()));
        }
        if (json.has("predictions")) {
            rows.predictions(columns(json, "columns"), doubles(json, "predictions"));
        }
        if (json.has("targets")) {
            rows.targets(columns(json, "targetColumns"), doubles(json, "targets"));
        }
        if (json.has("classes")) {
            rows.classes(list(json, "classes").stream()
                    .mapToLong(JsonElement::getAsLong)
                    .toArray());
        }
        if (json.has("weights")) {
            rows.weights(doubles(json, "weights"));
        }
        if (json.has("losses")) {
            rows.losses(doubles(json, "losses"));
        }
        if (json.has("groups")) {
            rows.groups(texts(json.getAsJsonArray("groups")));
        }
        if (json.has("texts")) {
            rows.texts(
                    texts(json.getAsJsonArray("texts")),
                    list(json, "references").stream()
                            .map(references -> texts(references.getAsJsonArray()))
                            .toList());
        }
        return rows;
    }

    private static int count(JsonObject json) {
        for (String key : List.of("classes", "weights", "losses", "groups", "texts")) {
            if (json.has(key)) {
                return json.getAsJsonArray(key).size();
            }
        }
        return json.has("rows")
                ? json.get("rows").getAsInt()
                : doubles(json, "predictions").length / columns(json, "columns");
    }

    private static int columns(JsonObject json, String key) {
        return json.has(key) ? json.get(key).getAsInt() : 1;
    }

    private static List<JsonElement> list(JsonObject json, String key) {
        return json.getAsJsonArray(key).asList();
    }

    private static List<String> texts(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsString).toList();
    }

    private static double[] doubles(JsonObject json, String key) {
        boolean narrow = json.has("float32");
        return list(json, key).stream()
                .map(JsonElement::getAsString)
                .mapToDouble(number -> narrow ? Float.parseFloat(number) : Double.parseDouble(number))
                .toArray();
    }
}
