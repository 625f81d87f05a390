package io.firesteel.spark.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.MetricValue.Fields;
import io.firesteel.engine.metric.MetricValue.Matrix;
import io.firesteel.engine.metric.MetricValue.Scalar;
import io.firesteel.engine.metric.MetricValue.Vector;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.set.MetricResults;
import io.firesteel.engine.metric.set.MetricSet;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an evaluation has found, in the schema {@code firesteel.evaluation/1}. JSON has no NaN and no infinity: such numbers are null there,
 * and {@code problems} tells of them.
 *
 * @param source path of the file of predictions, or of the data that a model predicted
 * @param model what predicted; empty where predictions were in the file
 * @param rows of the file
 * @param predictionKind what predictions were taken for
 * @param kindGiven whether the request said so
 * @param seconds from opening the file to the values
 * @param values by the metrics' names as the request has them
 * @param definitions what each name stands for
 * @param problems why a value is missing or isn't finite, by name
 */
public record EvaluationReport(
        String source,
        Optional<EvaluatedModel> model,
        long rows,
        PredictionKind predictionKind,
        boolean kindGiven,
        double seconds,
        Map<String, MetricValue> values,
        Map<String, String> definitions,
        Map<String, String> problems) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DIGITS = 6;

    public EvaluationReport {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
        problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
    }

    static EvaluationReport of(
            EvaluationRequest request,
            MetricSet set,
            MetricResults results,
            long rows,
            PredictionKind kind,
            double seconds) {
        return of(
                request.path(),
                Optional.empty(),
                set,
                results,
                rows,
                kind,
                request.kind().isPresent(),
                seconds);
    }

    /** @param kindGiven whether nobody had to find out the kind */
    static EvaluationReport of(
            String source,
            Optional<EvaluatedModel> model,
            MetricSet set,
            MetricResults results,
            long rows,
            PredictionKind kind,
            boolean kindGiven,
            double seconds) {
        Map<String, String> definitions = new LinkedHashMap<>();
        set.names().forEach(name -> definitions.put(name, set.definition(name)));
        Map<String, String> problems = new LinkedHashMap<>(results.problems());
        results.values().forEach((name, value) -> {
            List<String> bad = value.flatten(name).entrySet().stream()
                    .filter(number -> !Double.isFinite(number.getValue()))
                    .map(number -> number.getKey() + " is " + number.getValue())
                    .toList();
            if (!bad.isEmpty()) {
                problems.putIfAbsent(name, String.join(", ", bad) + " (JSON has no such number)");
            }
        });
        return new EvaluationReport(
                source, model, rows, kind, kindGiven, seconds, results.values(), definitions, problems);
    }

    /** The file's bytes. */
    public byte[] toJson() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", "firesteel.evaluation/1");
        fields.put(model.isPresent() ? "data" : "predictions", source);
        model.ifPresent(found -> fields.put("model", Map.of("path", found.path(), "sha256", found.sha256())));
        fields.put("rows", rows);
        fields.put("predictionKind", kindLabel());
        fields.put("predictionKindGiven", kindGiven);
        fields.put("seconds", seconds);
        fields.put("metrics", json(values));
        fields.put("errors", errors());
        fields.put("definitions", definitions);
        fields.put("problems", problems);
        try {
            return JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the report as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private String kindLabel() {
        return predictionKind.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> json(Map<String, MetricValue> values) {
        Map<String, Object> fields = new LinkedHashMap<>();
        values.forEach((name, value) -> fields.put(name, json(value)));
        return fields;
    }

    private static Object json(MetricValue value) {
        if (value instanceof Scalar scalar) {
            return json(scalar.value());
        }
        if (value instanceof Vector vector) {
            return vector.values().stream().map(EvaluationReport::json).toList();
        }
        if (value instanceof Matrix matrix) {
            return matrix.rows().stream()
                    .map(row -> row.stream().map(EvaluationReport::json).toList())
                    .toList();
        }
        return json(((Fields) value).fields());
    }

    /** Null instead of what JSON doesn't have. */
    private static Object json(Double number) {
        return Double.isFinite(number) ? number : null;
    }

    /** What is known of the errors of numbers that aren't exact, by the metrics' names. */
    private Map<String, Map<String, Double>> errors() {
        Map<String, Map<String, Double>> errors = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            Map<String, Double> parts = value instanceof Scalar ? value.flatten("") : new LinkedHashMap<>();
            parts.remove("");
            if (!parts.isEmpty()) {
                errors.put(name, parts);
            }
        });
        return errors;
    }

    /** The same for people, each line with its end. */
    public String text() {
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%,d rows", rows));
        text.append(kindGiven ? "" : "; predictions taken for " + kindLabel()).append('\n');
        values.forEach((name, value) -> {
            String shown = problems.containsKey(name) && value instanceof Scalar
                    ? "- (" + problems.get(name) + ")"
                    : shown(value) + errorText(name);
            text.append(name)
                    .append(" ".repeat(width - name.length() + 2))
                    .append(shown)
                    .append('\n');
        });
        return text.toString();
    }

    private String errorText(String name) {
        return errors().getOrDefault(name, Map.of()).entrySet().stream()
                .map(error -> String.format(Locale.ROOT, " (%s %.3g)", error.getKey(), error.getValue()))
                .collect(Collectors.joining());
    }

    private static String shown(MetricValue value) {
        if (value instanceof Scalar scalar) {
            return shown(scalar.value());
        }
        if (value instanceof Vector vector) {
            return vector.values().stream().map(EvaluationReport::shown).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Matrix matrix) {
            return matrix.rows().stream()
                    .map(row -> shown(new Vector(row)))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return ((Fields) value)
                .fields().entrySet().stream()
                        .map(field -> field.getKey() + " " + shown(field.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String shown(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        BigDecimal rounded =
                new BigDecimal(number).round(new MathContext(DIGITS)).stripTrailingZeros();
        boolean plain = rounded.scale() <= 10 && rounded.precision() - rounded.scale() <= 15;
        return plain ? rounded.toPlainString() : rounded.toString();
    }
}
