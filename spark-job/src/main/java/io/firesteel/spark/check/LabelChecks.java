package io.firesteel.spark.check;

import io.firesteel.spark.config.ChecksConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How labels are distributed, by themselves and beside the champion's. */
final class LabelChecks {
    private final DataStatistics now;
    private final Optional<DataStatistics> champion;

    LabelChecks(DataStatistics now, Optional<DataStatistics> champion) {
        this.now = now;
        this.champion = champion;
    }

    /** With rules or without: a class that comes or goes is always told. */
    List<CheckResult> results(Optional<ChecksConfig.Labels> rule) {
        List<CheckResult> results = new ArrayList<>();
        for (ColumnStatistics label : now.columns()) {
            if (label.role().isLabel() && label.values() > 0) {
                Optional<ColumnStatistics> before = champion.flatMap(statistics -> statistics.find(label.name()))
                        .filter(then -> then.values() > 0);
                rule.ifPresent(asked -> results.addAll(asked(asked, label, before)));
                before.ifPresent(then -> results.addAll(classes(label, then, rule)));
            }
        }
        return results;
    }

    private static List<CheckResult> asked(
            ChecksConfig.Labels rule, ColumnStatistics label, Optional<ColumnStatistics> before) {
        List<CheckResult> results = new ArrayList<>();
        Status found = Status.of(rule.action());
        rule.minFraction()
                .filter(limit -> label.categories().isPresent())
                .ifPresent(limit -> results.add(balance(label, before, limit, found)));
        rule.maxShift()
                .filter(limit -> before.isPresent())
                .flatMap(limit -> shift(label, before.get(), limit, found))
                .ifPresent(results::add);
        return results;
    }

    /** The rarest class; one that the champion knew and that is gone is rarest of all. */
    private static CheckResult balance(
            ColumnStatistics label, Optional<ColumnStatistics> before, double limit, Status found) {
        CategorySummary classes = label.categories().orElseThrow();
        Map.Entry<String, Long> rarest = before.flatMap(ColumnStatistics::categories)
                .flatMap(then -> then.counts().keySet().stream()
                        .filter(name -> !classes.counts().containsKey(name))
                        .findFirst())
                .map(name -> Map.entry(name, 0L))
                .orElseGet(() -> classes.counts().entrySet().stream()
                        .min(Comparator.comparing(Map.Entry<String, Long>::getValue))
                        .orElseThrow());
        double share = (double) rarest.getValue() / classes.count();
        boolean rare = share < limit;
        String text = "The rarest class of " + label.name() + ", " + rarest.getKey() + ", has "
                + Wording.percent(share) + " of the rows (expected at least " + Wording.percent(limit) + ")"
                + (rare ? "; look whether the source is complete, or lower checks.labels.minFraction" : "");
        return CheckResult.of("labels.balance", label.name(), rare ? found : Status.OK, text, share, limit);
    }

    private static Optional<CheckResult> shift(
            ColumnStatistics label, ColumnStatistics before, double limit, Status found) {
        return Comparison.shares(before, label).map(shares -> {
            double shift = shares.totalVariation();
            boolean far = shift > limit;
            String text = "The labels of " + label.name() + " have moved by " + Wording.number(shift)
                    + " from the champion's, the largest difference of shares (allowed: " + Wording.number(limit) + ")"
                    + (far ? "; look at the source of the labels, or raise checks.labels.maxShift" : "");
            return CheckResult.of("labels.shift", label.name(), far ? found : Status.OK, text, shift, limit);
        });
    }

    private static List<CheckResult> classes(
            ColumnStatistics label, ColumnStatistics before, Optional<ChecksConfig.Labels> rule) {
        if (label.categories().isEmpty() || before.categories().isEmpty()) {
            return List.of();
        }
        CategorySummary now = label.categories().get();
        CategorySummary then = before.categories().get();
        List<CheckResult> results = new ArrayList<>();
        Status found = rule.map(asked -> Status.of(asked.action())).orElse(Status.WARN);
        List<String> come = missing(then, now);
        List<String> gone = missing(now, then);
        if (!come.isEmpty()) {
            results.add(CheckResult.of(
                    "labels.classes",
                    label.name(),
                    found,
                    "Column " + label.name() + " has classes that the champion's data hadn't: " + listed(come)
                            + "; see whether the model has outputs for them"));
        }
        if (!gone.isEmpty()) {
            results.add(CheckResult.of(
                    "labels.classes",
                    label.name(),
                    found,
                    "Column " + label.name() + " lacks classes that the champion's data had: " + listed(gone)
                            + "; look whether the source is complete"));
        }
        return results;
    }

    /** Those of the second that the first surely hasn't. */
    private static List<String> missing(CategorySummary from, CategorySummary of) {
        return from.other() > 0
                ? List.of()
                : of.counts().keySet().stream()
                        .filter(name -> !from.counts().containsKey(name))
                        .sorted()
                        .toList();
    }

    private static String listed(List<String> names) {
        int shown = Math.min(names.size(), 10);
        return String.join(", ", names.subList(0, shown))
                + (shown < names.size() ? " and " + (names.size() - shown) + " more" : "");
    }
}
