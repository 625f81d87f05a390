package io.firesteel.spark.check;

import io.firesteel.spark.config.ChecksConfig;
import io.firesteel.spark.ingest.ColumnPatterns;
import java.util.List;
import java.util.Optional;

/**
 * How far each column has moved from what the champion was trained on. A distance that two samples of the same rows have by chance
 * isn't told, however low the limits: {@link Chance}.
 */
final class DriftCheck {
    private static final String NAME = "drift";

    private final DataStatistics now;
    private final DataStatistics champion;
    private final ChecksConfig.Drift rule;

    DriftCheck(DataStatistics now, DataStatistics champion, ChecksConfig.Drift rule) {
        this.now = now;
        this.champion = champion;
        this.rule = rule;
    }

    List<CheckResult> results() {
        return now.columns().stream()
                .filter(column -> rule.columns().isEmpty()
                        ? column.role() == Role.FEATURE || column.role().isLabel()
                        : ColumnPatterns.matchAny(rule.columns(), column.name()))
                .flatMap(column -> champion.find(column.name()).stream().map(before -> of(before, column)))
                .toList();
    }

    private CheckResult of(ColumnStatistics before, ColumnStatistics column) {
        Optional<Measured> measured = rule.test() == ChecksConfig.Drift.Test.PSI
                ? stabilityIndex(before, column)
                : largestDistance(before, column);
        return measured.map(found -> result(column, found)).orElseGet(() -> incomparable(before, column));
    }

    private Optional<Measured> stabilityIndex(ColumnStatistics before, ColumnStatistics column) {
        return Comparison.shares(before, column).map(shares -> {
            double chance = Chance.ofStabilityIndex(shares.used(), before.values(), column.values());
            return new Measured("its stability index is ", shares.stabilityIndex(), "", chance);
        });
    }

    /** Values without an order have the largest difference of the shares of any set of them. */
    private Optional<Measured> largestDistance(ColumnStatistics before, ColumnStatistics column) {
        double chance = Chance.ofLargestDistance(before.values(), column.values());
        Optional<Measured> numbers = Comparison.largestDistance(before, column).map(found -> {
            boolean exact = found.most() - found.least() < 5e-5;
            String bounds = exact
                    ? ""
                    : ", surely between " + Wording.number(found.least()) + " and " + Wording.number(found.most());
            return new Measured("the largest distance of the distributions is ", found.distance(), bounds, chance);
        });
        return numbers.or(() -> Comparison.shares(before, column)
                .map(shares ->
                        new Measured("the largest difference of shares is ", shares.totalVariation(), "", chance)));
    }

    private CheckResult result(ColumnStatistics column, Measured found) {
        boolean stops = rule.stop().filter(limit -> found.value >= limit).isPresent();
        boolean told = found.value >= rule.warn() || stops;
        boolean chance = found.value <= found.chance;
        double limit = stops ? rule.stop().get() : rule.warn();
        Status status = !told || chance ? Status.OK : stops ? Status.STOP : Status.WARN;
        String text = "Column " + column.name()
                + (status == Status.OK
                        ? " is where the champion's data was: "
                        : " has moved from the champion's data: ")
                + found.what + Wording.number(found.value) + found.bounds
                + (told && chance
                        ? " (chance alone gives up to " + Wording.number(found.chance) + " with so few rows)"
                        : " (" + (stops ? "stop" : "warning") + " from " + Wording.number(limit) + ")")
                + (status == Status.OK ? "" : "; look at the source, or " + wayOut(stops));
        return CheckResult.of(NAME, column.name(), status, text, found.value, limit);
    }

    private static String wayOut(boolean stops) {
        return stops ? "raise checks.drift.stop to train with it" : "raise checks.drift.warn";
    }

    private CheckResult incomparable(ColumnStatistics before, ColumnStatistics column) {
        if (before.numbers().isEmpty() && before.categories().isEmpty()) {
            return CheckResult.of(
                    NAME,
                    column.name(),
                    Status.OK,
                    "Column " + column.name() + " is " + column.type() + ", whose values can't be compared");
        }
        boolean empty = column.values() == 0 && before.values() > 0;
        String why = empty
                ? "Column " + column.name() + " has no values, the champion's data had " + before.values()
                        + "; look at the source"
                : "Column " + column.name() + " can't be compared with the champion's data: it is " + column.type()
                        + " with " + column.values() + " values, and was " + before.type() + " with " + before.values();
        Status status = empty && rule.stop().isPresent() ? Status.STOP : Status.WARN;
        return CheckResult.of(NAME, column.name(), status, why);
    }

    /** A distance, in words, and what chance makes of it. */
    private record Measured(String what, double value, String bounds, double chance) {}
}
