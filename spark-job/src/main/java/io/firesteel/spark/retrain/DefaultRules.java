package io.firesteel.spark.retrain;

import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.PromotionRules;
import io.firesteel.spark.decide.MetricDirections;
import java.util.List;
import java.util.Optional;

/** By what a candidate is judged where a job doesn't say. */
final class DefaultRules {
    private static final double CONFIDENCE = 0.95;
    private static final int RESAMPLES = 1000;
    private static final String HELD_OUT = "validation.";

    private DefaultRules() {}

    /** The job's rules; without any, that its first metric is better than the champion's, as sure as the default of {@code confidence}. */
    static PromotionRules of(JobConfig job) {
        return job.retraining()
                .promotion()
                .orElseGet(() -> new PromotionRules(
                        HELD_OUT + job.metrics().get(0),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        CONFIDENCE,
                        PromotionRules.Test.BOOTSTRAP,
                        RESAMPLES,
                        List.of()));
    }

    /** Which values of the metric are better. */
    static PromotionRules.Better better(PromotionRules rules) {
        return rules.better()
                .or(() -> MetricDirections.of(
                        rules.metric().startsWith(HELD_OUT)
                                ? rules.metric().substring(HELD_OUT.length())
                                : rules.metric()))
                .orElse(PromotionRules.Better.HIGHER);
    }
}
