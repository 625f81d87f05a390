package io.firesteel.spark.verdict;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.spark.decide.AloneRight;
import io.firesteel.spark.decide.Comparison;
import io.firesteel.spark.decide.Comparison.CalibrationPoint;
import io.firesteel.spark.decide.Comparison.ModelResult;
import io.firesteel.spark.decide.Comparison.Slice;
import io.firesteel.spark.decide.Improvement;
import io.firesteel.spark.decide.Resampled.Interval;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A comparison as {@code verdict.json} has it. */
final class ComparisonJson {
    private final Comparison comparison;
    private final double confidence;

    ComparisonJson(Comparison comparison) {
        this.comparison = comparison;
        this.confidence = comparison.plan().confidence();
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("metric", comparison.plan().metric());
        fields.put("better", label(comparison.plan().better()));
        fields.put("test", label(comparison.plan().test()));
        fields.put("rows", comparison.rows());
        fields.put("drawnFrom", comparison.drawnFrom());
        fields.put("resamples", comparison.plan().resamples());
        fields.put("confidence", confidence);
        fields.put("seed", comparison.plan().seed());
        fields.put("models", comparison.models().stream().map(this::model).toList());
        fields.put(
                "improvements",
                comparison.improvements().stream().map(this::improvement).toList());
        fields.put("slices", comparison.slices().stream().map(this::slice).toList());
        return fields;
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private Map<String, Object> model(ModelResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", result.model().name());
        fields.put("role", label(result.model().role()));
        fields.put("value", VerdictJson.finite(result.value()));
        fields.put("interval", interval(result.interval()));
        Map<String, Object> metrics = new LinkedHashMap<>();
        result.metrics().forEach((name, value) -> metrics.put(name, value(value)));
        fields.put("metrics", metrics);
        fields.put("problems", result.problems());
        fields.put(
                "calibration",
                result.calibration().stream().map(ComparisonJson::point).toList());
        fields.put("confusion", result.confusion());
        return fields;
    }

    private static Object value(MetricValue value) {
        if (value instanceof MetricValue.Scalar scalar) {
            return VerdictJson.finite(scalar.value());
        }
        if (value instanceof MetricValue.Vector vector) {
            return vector.values().stream().map(VerdictJson::finite).toList();
        }
        if (value instanceof MetricValue.Matrix matrix) {
            return matrix.rows().stream()
                    .map(row -> row.stream().map(VerdictJson::finite).toList())
                    .toList();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        ((MetricValue.Fields) value).fields().forEach((name, field) -> fields.put(name, value(field)));
        return fields;
    }

    private static Map<String, Object> point(CalibrationPoint point) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("predicted", VerdictJson.finite(point.predicted()));
        fields.put("actual", VerdictJson.finite(point.actual()));
        fields.put("rows", point.rows());
        return fields;
    }

    private static List<Double> interval(Interval interval) {
        return Arrays.asList(VerdictJson.finite(interval.low()), VerdictJson.finite(interval.high()));
    }

    private Map<String, Object> improvement(Improvement improvement) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("of", improvement.of());
        fields.put("over", improvement.over());
        fields.put("value", VerdictJson.finite(improvement.size().estimate()));
        fields.put("interval", interval(improvement.size().interval(confidence)));
        fields.put("atLeast", VerdictJson.finite(improvement.size().atLeast(confidence)));
        fields.put("undefinedShare", improvement.size().undefinedShare());
        fields.put(
                "aloneRight",
                improvement.aloneRight().map(ComparisonJson::aloneRight).orElse(null));
        return fields;
    }

    private static Map<String, Object> aloneRight(AloneRight alone) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("of", alone.candidate());
        fields.put("over", alone.other());
        fields.put("p", alone.pValue());
        return fields;
    }

    private Map<String, Object> slice(Slice slice) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int model = 0; model < slice.values().size(); model++) {
            values.put(
                    comparison.plan().models().get(model).name(),
                    VerdictJson.finite(slice.values().get(model)));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("by", slice.by());
        fields.put("value", slice.value());
        fields.put("rows", slice.rows());
        fields.put("values", values);
        fields.put(
                "improvements",
                slice.improvements().stream().map(this::improvement).toList());
        return fields;
    }
}
