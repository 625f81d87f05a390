package io.firesteel.spark.check;

import io.firesteel.spark.config.ChecksConfig;
import io.firesteel.spark.ingest.ColumnPatterns;
import java.util.ArrayList;
import java.util.List;

/** What is missing from columns, and what is out of range. */
final class ValueChecks {
    private final DataStatistics now;

    ValueChecks(DataStatistics now) {
        this.now = now;
    }

    List<CheckResult> nulls(ChecksConfig.Nulls rule) {
        return now.columns().stream()
                .filter(column -> rule.columns().isEmpty()
                        ? column.isTrainedOn()
                        : ColumnPatterns.matchAny(rule.columns(), column.name()))
                .map(column -> nulls(column, rule))
                .toList();
    }

    private CheckResult nulls(ColumnStatistics column, ChecksConfig.Nulls rule) {
        boolean many = column.nullFraction() > rule.maxFraction();
        String text = "Column " + column.name() + " has no value in " + Wording.percent(column.nullFraction()) + " ("
                + column.nulls() + " of " + (column.values() + column.nulls()) + ", allowed: "
                + Wording.percent(rule.maxFraction()) + ")"
                + (many ? "; look at the source, or raise checks.nulls.maxFraction" : "");
        Status status = many ? Status.of(rule.action()) : Status.OK;
        return CheckResult.of("nulls", column.name(), status, text, column.nullFraction(), rule.maxFraction());
    }

    List<CheckResult> range(ChecksConfig.Range rule) {
        List<CheckResult> results = new ArrayList<>();
        now.find(rule.column()).ifPresent(column -> {
            if (column.numbers().isEmpty()) {
                results.add(CheckResult.of(
                        "range",
                        column.name(),
                        Status.of(rule.action()),
                        "Column " + column.name() + " is " + column.type()
                                + " and has no range; leave it out of checks.ranges"));
                return;
            }
            NumberSummary numbers = column.numbers().get();
            rule.minimum().ifPresent(limit -> results.add(minimum(column.name(), numbers, limit, rule)));
            rule.maximum().ifPresent(limit -> results.add(maximum(column.name(), numbers, limit, rule)));
        });
        return results;
    }

    private static CheckResult minimum(String column, NumberSummary numbers, double limit, ChecksConfig.Range rule) {
        boolean below = numbers.minimum() < limit;
        return range(column, "smallest", numbers.minimum(), "at least", limit, below, rule);
    }

    private static CheckResult maximum(String column, NumberSummary numbers, double limit, ChecksConfig.Range rule) {
        boolean above = numbers.maximum() > limit || numbers.infinities() > 0;
        double largest = numbers.infinities() > 0 ? Double.POSITIVE_INFINITY : numbers.maximum();
        return range(column, "largest", largest, "at most", limit, above, rule);
    }

    private static CheckResult range(
            String column,
            String which,
            double value,
            String relation,
            double limit,
            boolean outside,
            ChecksConfig.Range rule) {
        String text = Double.isNaN(value)
                ? "Column " + column + " has no numbers to compare with its range"
                : "The " + which + " value of column " + column + " is " + Wording.number(value) + " (expected "
                        + relation + " " + Wording.number(limit) + ")"
                        + (outside
                                ? "; look at the source, leave such rows out with data.where, or widen checks.ranges"
                                : "");
        Status status = outside ? Status.of(rule.action()) : Status.OK;
        return CheckResult.of("range", column, status, text, value, limit);
    }
}
