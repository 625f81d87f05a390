package io.firesteel.spark.decide;

import io.firesteel.spark.config.PromotionRules;
import io.firesteel.spark.config.PromotionRules.Better;
import io.firesteel.spark.config.PromotionRules.Slice;
import io.firesteel.spark.config.PromotionRules.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules for tests, the job file's standards unless said otherwise. */
public final class Rules {
    private final String metric;
    private Optional<Better> better = Optional.empty();
    private Optional<Double> minimum = Optional.empty();
    private Optional<Double> maximum = Optional.empty();
    private double mustImprove;
    private double confidence = 0.95;
    private Test test = Test.BOOTSTRAP;
    private int resamples = 1000;
    private final List<Slice> slices = new ArrayList<>();

    private Rules(String metric) {
        this.metric = metric;
    }

    public static Rules by(String metric) {
        return new Rules("validation." + metric);
    }

    public Rules better(Better which) {
        better = Optional.of(which);
        return this;
    }

    public Rules minimum(double least) {
        minimum = Optional.of(least);
        return this;
    }

    public Rules maximum(double most) {
        maximum = Optional.of(most);
        return this;
    }

    public Rules mustImprove(double size) {
        mustImprove = size;
        return this;
    }

    public Rules confidence(double share) {
        confidence = share;
        return this;
    }

    public Rules mcnemar() {
        test = Test.MCNEMAR;
        return this;
    }

    public Rules resamples(int count) {
        resamples = count;
        return this;
    }

    public Rules slice(String by, double maxDrop, int minRows) {
        slices.add(new Slice(by, maxDrop, minRows));
        return this;
    }

    public PromotionRules build() {
        return new PromotionRules(
                metric, better, minimum, maximum, mustImprove, confidence, test, resamples, List.copyOf(slices));
    }
}
