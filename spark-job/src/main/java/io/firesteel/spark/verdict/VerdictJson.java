package io.firesteel.spark.verdict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.spark.config.PromotionRules;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes {@code verdict.json}. */
final class VerdictJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Verdict verdict;

    VerdictJson(Verdict verdict) {
        this.verdict = verdict;
    }

    byte[] bytes() {
        try {
            return JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(fields());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the verdict as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", "firesteel.verdict/1");
        fields.put("job", verdict.job());
        fields.put("date", verdict.date());
        fields.put("runId", verdict.runId());
        fields.put("outcome", verdict.outcome().label());
        fields.put("headline", verdict.headline());
        fields.put("reasons", verdict.reasons());
        fields.put("notes", verdict.notes());
        fields.put("candidate", verdict.candidate().orElse(null));
        fields.put("champion", verdict.champion().orElse(null));
        fields.put("versions", verdict.versions());
        fields.put("rules", verdict.rules().map(VerdictJson::rules).orElse(null));
        fields.put(
                "comparison",
                verdict.comparison()
                        .map(known -> new ComparisonJson(known).fields())
                        .orElse(null));
        fields.put("checks", verdict.checks().stream().map(VerdictJson::check).toList());
        fields.put("data", verdict.data());
        Map<String, Object> histories = new LinkedHashMap<>();
        verdict.histories()
                .forEach((name, epochs) -> histories.put(
                        name, epochs.stream().map(VerdictJson::epoch).toList()));
        fields.put("history", histories);
        fields.put("seconds", finite(verdict.seconds()));
        fields.put("lineage", verdict.lineage());
        return fields;
    }

    private static Map<String, Object> rules(PromotionRules rules) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("metric", rules.metric());
        fields.put("minimum", rules.minimum().orElse(null));
        fields.put("maximum", rules.maximum().orElse(null));
        fields.put("mustImprove", rules.mustImprove());
        fields.put("confidence", rules.confidence());
        fields.put("test", rules.test().name().toLowerCase(Locale.ROOT));
        fields.put("resamples", rules.resamples());
        fields.put("slices", rules.slices().stream().map(VerdictJson::slice).toList());
        return fields;
    }

    private static Map<String, Object> slice(PromotionRules.Slice slice) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("by", slice.by());
        fields.put("maxDrop", slice.maxDrop());
        fields.put("minRows", slice.minRows());
        return fields;
    }

    private static Map<String, Object> check(DataCheck check) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", check.name());
        fields.put("column", check.column().orElse(null));
        fields.put("status", check.status().label());
        fields.put("text", check.text());
        fields.put("value", check.value().isPresent() ? finite(check.value().getAsDouble()) : null);
        fields.put("limit", check.limit().isPresent() ? finite(check.limit().getAsDouble()) : null);
        return fields;
    }

    private static Map<String, Object> epoch(EpochRecord epoch) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("epoch", epoch.epoch());
        fields.put("seconds", finite(epoch.seconds()));
        fields.put("metrics", finite(epoch.metrics()));
        return fields;
    }

    static Map<String, Double> finite(Map<String, Double> values) {
        Map<String, Double> finite = new LinkedHashMap<>();
        values.forEach((name, value) -> finite.put(name, finite(value)));
        return finite;
    }

    /** Null for NaN and infinity, which JSON doesn't have. */
    static Double finite(Double value) {
        return Double.isFinite(value) ? value : null;
    }
}
