package io.firesteel.spark.config;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * When a candidate becomes champion.
 *
 * @param metric of the held-out rows: {@code validation.NAME}
 * @param better which values of it are better; empty: as is known of the metric
 * @param minimum lower values are refused; empty: none are
 * @param maximum higher values are refused; empty: none are
 * @param mustImprove by how much it must be better than the champion, in the metric's unit; under 0: by how much it may be worse
 * @param confidence how sure that must be, over 0 and under 1
 * @param test how that is found out
 * @param resamples of the bootstrap
 * @param slices parts of the rows that must not get worse
 */
public record PromotionRules(
        String metric,
        Optional<Better> better,
        Optional<Double> minimum,
        Optional<Double> maximum,
        double mustImprove,
        double confidence,
        Test test,
        int resamples,
        List<Slice> slices) {
    /** Which values are better. */
    public enum Better {
        HIGHER,
        LOWER;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A paired test. */
    public enum Test {
        BOOTSTRAP,
        /** Of classifications: which of those that one model alone got right belong to the candidate. */
        MCNEMAR;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The rows that share a value of a column.
     *
     * @param by the column
     * @param maxDrop by how much the candidate may be worse there than the champion, in the metric's unit
     * @param minRows parts of fewer rows aren't judged
     */
    public record Slice(String by, double maxDrop, int minRows) {
        public Slice {
            PromoteSection.BY.check(by);
            PromoteSection.MAX_DROP.check(maxDrop);
            PromoteSection.MIN_ROWS.check(minRows);
        }
    }

    public PromotionRules {
        PromoteSection.METRIC.check(metric);
        Objects.requireNonNull(better, "better");
        PromoteSection.MINIMUM.check(minimum);
        PromoteSection.MAXIMUM.check(maximum);
        PromoteSection.MUST_IMPROVE.check(mustImprove);
        PromoteSection.CONFIDENCE.check(confidence);
        Objects.requireNonNull(test, "test");
        PromoteSection.RESAMPLES.check(resamples);
        slices = List.copyOf(slices);
    }

    /**
     * The same rules for the best of several candidates on the same rows, which is better by chance the more there are: what may be
     * wrong is divided by their number (Bonferroni).
     */
    public PromotionRules forBestOf(int candidates) {
        double surer = 1 - (1 - confidence) / Math.max(1, candidates);
        return new PromotionRules(metric, better, minimum, maximum, mustImprove, surer, test, resamples, slices);
    }
}
