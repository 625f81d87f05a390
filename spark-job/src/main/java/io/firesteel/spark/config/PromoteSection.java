package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys under {@code promote}. */
final class PromoteSection {
    static final Key<String> METRIC = Key.required(
            "metric", ScalarTypes.text(Pattern.compile("validation\\..+"), "validation. and the name of a metric"));
    private static final Key<PromotionRules.Better> BETTER = Key.optional(
            "better", ScalarTypes.oneOf(List.of(PromotionRules.Better.values()), PromotionRules.Better::label));
    static final Key<Double> MINIMUM = Key.optional("minimum", ScalarTypes.number("", value -> true));
    static final Key<Double> MAXIMUM = Key.optional("maximum", ScalarTypes.number("", value -> true));
    static final Key<Double> MUST_IMPROVE = Key.withDefault("mustImprove", ScalarTypes.number("", value -> true), "0");
    static final Key<Double> CONFIDENCE =
            Key.withDefault("confidence", ScalarTypes.number("> 0 and < 1", value -> value > 0 && value < 1), "0.95");
    private static final Key<PromotionRules.Test> TEST = Key.withDefault(
            "test", ScalarTypes.oneOf(List.of(PromotionRules.Test.values()), PromotionRules.Test::label), "bootstrap");
    static final Key<Integer> RESAMPLES = Key.withDefault("resamples", ScalarTypes.wholeNumber(100), "1000");

    static final Key<String> BY = Key.required("by", ScalarTypes.text());
    static final Key<Double> MAX_DROP =
            Key.withDefault("maxDrop", ScalarTypes.number(">= 0", value -> value >= 0), "0");
    static final Key<Integer> MIN_ROWS = Key.withDefault("minRows", ScalarTypes.wholeNumber(1), "30");
    private static final Schema OF_SLICE = Schema.of(BY, MAX_DROP, MIN_ROWS);
    private static final Key<List<PromotionRules.Slice>> SLICES = Key.optional(
            "slices",
            CollectionTypes.listOf(
                    ValueType.section(PromoteSection::slice, PromoteSection::write, List.of(OF_SLICE)), 1, "mappings"));

    private static final Schema SCHEMA =
            Schema.of(METRIC, BETTER, MINIMUM, MAXIMUM, MUST_IMPROVE, CONFIDENCE, TEST, RESAMPLES, SLICES);
    static final ValueType<PromotionRules> TYPE =
            ValueType.section(PromoteSection::read, PromoteSection::write, List.of(SCHEMA));

    private PromoteSection() {}

    private static Optional<PromotionRules> read(Section section) {
        String metric = section.read(METRIC);
        Optional<PromotionRules.Better> better = section.find(BETTER);
        Optional<Double> minimum = section.find(MINIMUM);
        Optional<Double> maximum = section.find(MAXIMUM);
        Double mustImprove = section.read(MUST_IMPROVE);
        Double confidence = section.read(CONFIDENCE);
        PromotionRules.Test test = section.read(TEST);
        Integer resamples = section.read(RESAMPLES);
        List<PromotionRules.Slice> slices = section.find(SLICES).orElse(List.of());
        return section.build(
                SCHEMA,
                () -> new PromotionRules(
                        metric, better, minimum, maximum, mustImprove, confidence, test, resamples, slices));
    }

    private static Optional<PromotionRules.Slice> slice(Section section) {
        String by = section.read(BY);
        Double maxDrop = section.read(MAX_DROP);
        Integer minRows = section.read(MIN_ROWS);
        return section.build(OF_SLICE, () -> new PromotionRules.Slice(by, maxDrop, minRows));
    }

    private static Map<String, Object> write(PromotionRules rules) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        METRIC.write(rules.metric(), mapping);
        BETTER.write(rules.better(), mapping);
        MINIMUM.write(rules.minimum(), mapping);
        MAXIMUM.write(rules.maximum(), mapping);
        MUST_IMPROVE.write(rules.mustImprove(), mapping);
        CONFIDENCE.write(rules.confidence(), mapping);
        TEST.write(rules.test(), mapping);
        RESAMPLES.write(rules.resamples(), mapping);
        SLICES.write(Optional.of(rules.slices()).filter(list -> !list.isEmpty()), mapping);
        return mapping;
    }

    private static Map<String, Object> write(PromotionRules.Slice slice) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        BY.write(slice.by(), mapping);
        MAX_DROP.write(slice.maxDrop(), mapping);
        MIN_ROWS.write(slice.minRows(), mapping);
        return mapping;
    }
}
