package io.firesteel.spark.config;

import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code checks}. */
final class ChecksSection {
    static final Key<Long> ROWS_MINIMUM = Key.optional("minimum", ScalarTypes.wholeLong(0));
    static final Key<Long> ROWS_MAXIMUM = Key.optional("maximum", ScalarTypes.wholeLong(0));
    static final Key<Double> ROWS_MAX_CHANGE = Key.optional("maxChange", ScalarTypes.number("> 0", value -> value > 0));
    static final Key<Double> NULLS_MAX_FRACTION = Key.withDefault("maxFraction", share(), "0");
    static final Key<String> COLUMN = Key.required("column", ScalarTypes.text());
    static final Key<Double> MINIMUM = Key.optional("minimum", ScalarTypes.number("", value -> true));
    static final Key<Double> MAXIMUM = Key.optional("maximum", ScalarTypes.number("", value -> true));
    static final Key<Double> MIN_FRACTION = Key.optional("minFraction", share());
    static final Key<Double> MAX_SHIFT = Key.optional("maxShift", share());
    static final Key<Double> DRIFT_WARN = Key.withDefault("warn", ScalarTypes.number("> 0", value -> value > 0), "0.1");
    static final Key<Double> DRIFT_STOP = Key.optional("stop", ScalarTypes.number("> 0", value -> value > 0));

    private static final ValueType<CheckAction> ACTIONS =
            ScalarTypes.oneOf(List.of(CheckAction.values()), CheckAction::label);
    private static final Key<CheckAction> ACTION = Key.withDefault("action", ACTIONS, "stop");
    private static final Key<List<String>> COLUMNS =
            Key.optional("columns", CollectionTypes.listOf(ScalarTypes.text(), 1, "strings"));
    private static final Key<ChecksConfig.Drift.Test> TEST = Key.withDefault(
            "test",
            ScalarTypes.oneOf(List.of(ChecksConfig.Drift.Test.values()), ChecksConfig.Drift.Test::label),
            "psi");

    private static final Schema OF_ROWS = Schema.of(ROWS_MINIMUM, ROWS_MAXIMUM, ROWS_MAX_CHANGE, ACTION);
    private static final Schema OF_NULLS = Schema.of(NULLS_MAX_FRACTION, COLUMNS, ACTION);
    private static final Schema OF_RANGE = Schema.of(COLUMN, MINIMUM, MAXIMUM, ACTION);
    private static final Schema OF_LABELS = Schema.of(MIN_FRACTION, MAX_SHIFT, ACTION);
    private static final Schema OF_DRIFT = Schema.of(TEST, DRIFT_WARN, DRIFT_STOP, COLUMNS);

    private static final Key<ChecksConfig.Rows> ROWS =
            Key.optional("rows", ValueType.section(ChecksSection::rows, ChecksSection::write, List.of(OF_ROWS)));
    private static final Key<ChecksConfig.Nulls> NULLS =
            Key.optional("nulls", ValueType.section(ChecksSection::nulls, ChecksSection::write, List.of(OF_NULLS)));
    private static final Key<List<ChecksConfig.Range>> RANGES = Key.optional(
            "ranges",
            CollectionTypes.listOf(
                    ValueType.section(ChecksSection::range, ChecksSection::write, List.of(OF_RANGE)), 1, "mappings"));
    private static final Key<ChecksConfig.Labels> LABELS =
            Key.optional("labels", ValueType.section(ChecksSection::labels, ChecksSection::write, List.of(OF_LABELS)));
    private static final Key<CheckAction> SCHEMA_ACTION = Key.withDefault("schema", ACTIONS, "stop");
    private static final Key<ChecksConfig.Drift> DRIFT =
            Key.optional("drift", ValueType.section(ChecksSection::drift, ChecksSection::write, List.of(OF_DRIFT)));
    private static final Schema SCHEMA = Schema.of(ROWS, NULLS, RANGES, LABELS, SCHEMA_ACTION, DRIFT);

    static final ValueType<ChecksConfig> TYPE =
            ValueType.section(ChecksSection::read, ChecksSection::write, List.of(SCHEMA));

    private ChecksSection() {}

    private static ValueType<Double> share() {
        return ScalarTypes.number(">= 0 and <= 1", value -> value >= 0 && value <= 1);
    }

    private static Optional<ChecksConfig> read(Section section) {
        Optional<ChecksConfig.Rows> rows = section.find(ROWS);
        Optional<ChecksConfig.Nulls> nulls = section.find(NULLS);
        List<ChecksConfig.Range> ranges = section.find(RANGES).orElse(List.of());
        Optional<ChecksConfig.Labels> labels = section.find(LABELS);
        CheckAction schema = section.read(SCHEMA_ACTION);
        Optional<ChecksConfig.Drift> drift = section.find(DRIFT);
        return section.build(SCHEMA, () -> new ChecksConfig(rows, nulls, ranges, labels, schema, drift));
    }

    private static Optional<ChecksConfig.Rows> rows(Section section) {
        Optional<Long> minimum = section.find(ROWS_MINIMUM);
        Optional<Long> maximum = section.find(ROWS_MAXIMUM);
        Optional<Double> maxChange = section.find(ROWS_MAX_CHANGE);
        CheckAction action = section.read(ACTION);
        return section.build(OF_ROWS, () -> new ChecksConfig.Rows(minimum, maximum, maxChange, action));
    }

    private static Optional<ChecksConfig.Nulls> nulls(Section section) {
        Double maxFraction = section.read(NULLS_MAX_FRACTION);
        List<String> columns = section.find(COLUMNS).orElse(List.of());
        CheckAction action = section.read(ACTION);
        return section.build(OF_NULLS, () -> new ChecksConfig.Nulls(maxFraction, columns, action));
    }

    private static Optional<ChecksConfig.Range> range(Section section) {
        String column = section.read(COLUMN);
        Optional<Double> minimum = section.find(MINIMUM);
        Optional<Double> maximum = section.find(MAXIMUM);
        CheckAction action = section.read(ACTION);
        return section.build(OF_RANGE, () -> new ChecksConfig.Range(column, minimum, maximum, action));
    }

    private static Optional<ChecksConfig.Labels> labels(Section section) {
        Optional<Double> minFraction = section.find(MIN_FRACTION);
        Optional<Double> maxShift = section.find(MAX_SHIFT);
        CheckAction action = section.read(ACTION);
        return section.build(OF_LABELS, () -> new ChecksConfig.Labels(minFraction, maxShift, action));
    }

    private static Optional<ChecksConfig.Drift> drift(Section section) {
        ChecksConfig.Drift.Test test = section.read(TEST);
        Double warn = section.read(DRIFT_WARN);
        Optional<Double> stop = section.find(DRIFT_STOP);
        List<String> columns = section.find(COLUMNS).orElse(List.of());
        return section.build(OF_DRIFT, () -> new ChecksConfig.Drift(test, warn, stop, columns));
    }

    private static Map<String, Object> write(ChecksConfig checks) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        ROWS.write(checks.rows(), mapping);
        NULLS.write(checks.nulls(), mapping);
        RANGES.write(present(checks.ranges()), mapping);
        LABELS.write(checks.labels(), mapping);
        SCHEMA_ACTION.write(checks.schema(), mapping);
        DRIFT.write(checks.drift(), mapping);
        return mapping;
    }

    private static Map<String, Object> write(ChecksConfig.Rows rows) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        ROWS_MINIMUM.write(rows.minimum(), mapping);
        ROWS_MAXIMUM.write(rows.maximum(), mapping);
        ROWS_MAX_CHANGE.write(rows.maxChange(), mapping);
        ACTION.write(rows.action(), mapping);
        return mapping;
    }

    private static Map<String, Object> write(ChecksConfig.Nulls nulls) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        NULLS_MAX_FRACTION.write(nulls.maxFraction(), mapping);
        COLUMNS.write(present(nulls.columns()), mapping);
        ACTION.write(nulls.action(), mapping);
        return mapping;
    }

    private static Map<String, Object> write(ChecksConfig.Range range) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        COLUMN.write(range.column(), mapping);
        MINIMUM.write(range.minimum(), mapping);
        MAXIMUM.write(range.maximum(), mapping);
        ACTION.write(range.action(), mapping);
        return mapping;
    }

    private static Map<String, Object> write(ChecksConfig.Labels labels) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        MIN_FRACTION.write(labels.minFraction(), mapping);
        MAX_SHIFT.write(labels.maxShift(), mapping);
        ACTION.write(labels.action(), mapping);
        return mapping;
    }

    private static Map<String, Object> write(ChecksConfig.Drift drift) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        TEST.write(drift.test(), mapping);
        DRIFT_WARN.write(drift.warn(), mapping);
        DRIFT_STOP.write(drift.stop(), mapping);
        COLUMNS.write(present(drift.columns()), mapping);
        return mapping;
    }

    private static <T> Optional<List<T>> present(List<T> items) {
        return Optional.of(items).filter(list -> !list.isEmpty());
    }
}
