package io.firesteel.spark.check;

import java.util.Optional;

/** A column then and now, where both have values that can be compared. */
final class Comparison {
    private Comparison() {}

    static Optional<Shares> shares(ColumnStatistics before, ColumnStatistics now) {
        if (before.categories().isPresent() && now.categories().isPresent()) {
            return before.categories().get().count() == 0
                            || now.categories().get().count() == 0
                    ? Optional.empty()
                    : Optional.of(Shares.of(
                            before.categories().get(), now.categories().get()));
        }
        return hasNumbers(before) && hasNumbers(now)
                ? Optional.of(Shares.of(histogram(before), histogram(now)))
                : Optional.empty();
    }

    /** Of numbers alone. */
    static Optional<KolmogorovSmirnov> largestDistance(ColumnStatistics before, ColumnStatistics now) {
        return hasNumbers(before) && hasNumbers(now)
                ? Optional.of(KolmogorovSmirnov.of(histogram(before), histogram(now)))
                : Optional.empty();
    }

    private static boolean hasNumbers(ColumnStatistics column) {
        return column.numbers()
                .map(numbers -> !numbers.histogram().bins().isEmpty())
                .orElse(false);
    }

    private static Histogram histogram(ColumnStatistics column) {
        return column.numbers().orElseThrow().histogram();
    }
}
