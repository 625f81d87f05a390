package io.firesteel.spark.check;

import io.firesteel.spark.config.ChecksConfig;
import java.util.ArrayList;
import java.util.List;

/** How many rows there are. */
final class RowChecks {
    private final long rows;
    private final List<Long> former;

    RowChecks(long rows, List<Long> former) {
        this.rows = rows;
        this.former = List.copyOf(former);
    }

    List<CheckResult> results(ChecksConfig.Rows rule) {
        List<CheckResult> results = new ArrayList<>();
        Status found = Status.of(rule.action());
        rule.minimum().ifPresent(minimum -> results.add(minimum(minimum, found)));
        rule.maximum().ifPresent(maximum -> results.add(maximum(maximum, found)));
        rule.maxChange().filter(limit -> !former.isEmpty()).ifPresent(limit -> results.add(change(limit, found)));
        return results;
    }

    private CheckResult minimum(long minimum, Status found) {
        boolean few = rows < minimum;
        String text = "There are " + Wording.rows(rows)
                + (few
                        ? ", fewer than " + minimum
                                + "; look whether the source is complete, or lower checks.rows.minimum"
                        : ", at least " + minimum);
        return CheckResult.of("rows.minimum", few ? found : Status.OK, text, (double) rows, (double) minimum);
    }

    private CheckResult maximum(long maximum, Status found) {
        boolean many = rows > maximum;
        String text = "There are " + Wording.rows(rows)
                + (many
                        ? ", more than " + maximum + "; look for repeated files, or raise checks.rows.maximum"
                        : ", at most " + maximum);
        return CheckResult.of("rows.maximum", many ? found : Status.OK, text, (double) rows, (double) maximum);
    }

    private CheckResult change(double limit, Status found) {
        double median = median();
        double change = median == 0 ? (rows == 0 ? 0 : Double.POSITIVE_INFINITY) : Math.abs(rows - median) / median;
        boolean much = change > limit;
        String text = "There are " + Wording.rows(rows) + ", " + Wording.percent(change)
                + (rows < median ? " less" : " more") + " than " + Wording.number(median) + ", the median of the last "
                + former.size() + (former.size() == 1 ? " success" : " successes") + " (allowed: "
                + Wording.percent(limit) + ")"
                + (much ? "; look whether the source is complete, or raise checks.rows.maxChange" : "");
        return CheckResult.of("rows.change", much ? found : Status.OK, text, change, limit);
    }

    private double median() {
        long[] sorted = former.stream().mapToLong(Long::longValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }
}
