package io.firesteel.spark.retrain;

import io.firesteel.spark.decide.Comparison;
import io.firesteel.spark.decide.Improvement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison in numbers, for the registry's history. */
final class Details {
    private Details() {}

    static Map<String, Object> of(Comparison comparison) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("metric", comparison.plan().metric());
        details.put("rows", comparison.rows());
        Map<String, Object> values = new LinkedHashMap<>();
        comparison.models().forEach(result -> putFinite(values, result.model().name(), result.value()));
        details.put("values", values);
        comparison
                .champion()
                .flatMap(champion -> comparison.improvement(
                        comparison.candidates().get(0).model().name(),
                        champion.model().name()))
                .ifPresent(improvement -> details.put("improvement", fields(improvement, comparison)));
        return details;
    }

    private static Map<String, Object> fields(Improvement improvement, Comparison comparison) {
        Map<String, Object> fields = new LinkedHashMap<>();
        putFinite(fields, "value", improvement.size().estimate());
        double confidence = comparison.plan().confidence();
        fields.put("confidence", confidence);
        double low = improvement.size().interval(confidence).low();
        double high = improvement.size().interval(confidence).high();
        if (Double.isFinite(low) && Double.isFinite(high)) {
            fields.put("interval", List.of(low, high));
        }
        return fields;
    }

    /** JSON has no NaN. */
    private static void putFinite(Map<String, Object> fields, String name, double value) {
        if (Double.isFinite(value)) {
            fields.put(name, value);
        }
    }
}
