package io.firesteel.spark.decide;

import io.firesteel.spark.config.PromotionRules;
import io.firesteel.spark.config.PromotionRules.Test;
import io.firesteel.spark.decide.Comparison.ModelResult;
import io.firesteel.spark.decide.Comparison.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Applies rules to a comparison. Of several candidates it is about the one whose metric is best, which has to be surer of its improvement: with k
 * candidates what may be wrong is 1/k as likely (Bonferroni). It is promoted if no rule speaks against it:
 *
 * <ul>
 *   <li>its metric has a value, which is within {@code minimum} and {@code maximum};
 *   <li>if there is a champion: its improvement is larger than {@code mustImprove}, with the confidence asked for, on at least
 *       {@value #FEWEST_ROWS} rows, and at most {@value #MOST_UNDEFINED_PERCENT} % of the resamples have no value;
 *   <li>in no slice of at least {@code minRows} rows is it worse than the champion by more than {@code maxDrop}, as measured.
 * </ul>
 *
 * <p>A candidate that equals the champion isn't promoted unless {@code mustImprove} is under 0. The first one has no champion to beat.
 */
public final class Promotion {
    /** Fewer held-out rows decide nothing against a champion. */
    static final int FEWEST_ROWS = 30;

    static final int MOST_UNDEFINED_PERCENT = 5;

    private final PromotionRules rules;
    private final Comparison comparison;
    private final ModelResult candidate;
    private final double confidence;
    private final List<String> failures = new ArrayList<>();
    private final List<String> supports = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Promotion(PromotionRules rules, Comparison comparison) {
        this.rules = rules;
        this.comparison = comparison;
        this.candidate = best(comparison);
        this.confidence = 1 - (1 - rules.confidence()) / comparison.candidates().size();
    }

    /**
     * What the rules say.
     *
     * @param comparison by their metric and test
     */
    public static Decision decide(PromotionRules rules, Comparison comparison) {
        return new Promotion(rules, comparison).decision();
    }

    /**
     * The rules of a job without any: the candidate must have a lower loss than the champion, 95 % sure, and no other limit holds.
     */
    public static PromotionRules standardRules() {
        return new PromotionRules(
                "validation.loss",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0.95,
                Test.BOOTSTRAP,
                1000,
                List.of());
    }

    /** The first of the best; one without a value only if none has any. */
    private static ModelResult best(Comparison comparison) {
        ModelResult best = comparison.candidates().get(0);
        for (ModelResult next : comparison.candidates()) {
            double better = comparison.plan().improvement(next.value(), best.value());
            best = better > 0 || Double.isNaN(best.value()) ? next : best;
        }
        return best;
    }

    private Decision decision() {
        judgeValue();
        comparison.champion().ifPresentOrElse(this::judgeImprovement, this::noteFirst);
        comparison.champion().ifPresent(this::judgeSlices);
        noteCandidates();
        noteBaseline();
        boolean promoted = failures.isEmpty();
        return new Decision(promoted, candidate.model().name(), confidence, promoted ? supports : failures, notes);
    }

    private void judgeValue() {
        if (Double.isNaN(candidate.value())) {
            failures.add(metric() + " of " + candidate.model().name() + " has no value" + why(candidate));
            return;
        }
        rules.minimum().ifPresent(minimum -> judgeLimit(candidate.value() >= minimum, "minimum", "below", minimum));
        rules.maximum().ifPresent(maximum -> judgeLimit(candidate.value() <= maximum, "maximum", "above", maximum));
    }

    private void judgeLimit(boolean holds, String limit, String side, double of) {
        String value = metric() + " " + Figures.value(candidate.value());
        if (holds) {
            supports.add(value + " is within the " + limit + " of " + Figures.value(of));
        } else {
            failures.add(value + " is " + side + " the " + limit + " of " + Figures.value(of));
        }
    }

    private void judgeImprovement(ModelResult champion) {
        if (Double.isNaN(candidate.value())) {
            return;
        }
        if (Double.isNaN(champion.value())) {
            failures.add(metric() + " of the champion, " + champion.model().name() + ", has no value" + why(champion));
            return;
        }
        if (comparison.rows() < FEWEST_ROWS) {
            failures.add("only " + comparison.rows() + " rows were held out to compare with "
                    + champion.model().name() + " (at least " + FEWEST_ROWS + " are needed)");
            return;
        }
        Improvement improvement = comparison
                .improvement(candidate.model().name(), champion.model().name())
                .orElseThrow();
        if (rules.test() == Test.MCNEMAR) {
            judgeAloneRight(champion, improvement);
        } else {
            judgeResamples(champion, improvement);
        }
    }

    private void judgeResamples(ModelResult champion, Improvement improvement) {
        Resampled size = improvement.size();
        if (100 * size.undefinedShare() > MOST_UNDEFINED_PERCENT) {
            failures.add(metric() + " has no value in " + Figures.percent(size.undefinedShare())
                    + " of the resamples, so that it can't be told how sure an improvement is (at most "
                    + MOST_UNDEFINED_PERCENT + " %; hold out more rows)");
            return;
        }
        double atLeast = size.atLeast(confidence);
        String sentence = difference(champion, size.estimate()) + " (" + Figures.percent(confidence)
                + " sure: an improvement of at least " + Figures.difference(atLeast) + "; required: more than "
                + Figures.difference(rules.mustImprove()) + ")";
        (atLeast > rules.mustImprove() ? supports : failures).add(sentence);
    }

    private void judgeAloneRight(ModelResult champion, Improvement improvement) {
        AloneRight alone = improvement.aloneRight().orElseThrow();
        double p = alone.pValue();
        String sentence = difference(champion, improvement.size().estimate()) + ": "
                + candidate.model().name() + " alone is right in " + alone.candidate() + " rows, "
                + champion.model().name() + " alone in " + alone.other() + " (McNemar's p " + Figures.difference(p)
                + "; required: at most " + Figures.difference(1 - confidence) + ")";
        (p <= 1 - confidence ? supports : failures).add(sentence);
    }

    /** {@code validation.auc 0.84 is 0.02 better than version 3's 0.82}. */
    private String difference(ModelResult champion, double estimate) {
        String size = estimate == 0
                ? "equal to "
                : Figures.difference(Math.abs(estimate)) + (estimate > 0 ? " better than " : " worse than ");
        return metric() + " " + Figures.value(candidate.value()) + " is " + size
                + champion.model().name() + "'s " + Figures.value(champion.value());
    }

    private void judgeSlices(ModelResult champion) {
        for (PromotionRules.Slice rule : rules.slices()) {
            List<Slice> slices = comparison.slices().stream()
                    .filter(slice -> slice.by().equals(rule.by()))
                    .toList();
            slices.stream()
                    .filter(slice -> slice.rows() >= rule.minRows())
                    .forEach(slice -> judge(slice, rule, champion));
            long small = slices.stream()
                    .filter(slice -> slice.rows() < rule.minRows())
                    .count();
            if (small > 0) {
                notes.add(small + " of " + slices.size() + " slices by " + rule.by() + " have fewer than "
                        + rule.minRows() + " rows and aren't judged");
            }
        }
    }

    private void judge(Slice slice, PromotionRules.Slice rule, ModelResult champion) {
        Resampled size = Comparison.find(
                        slice.improvements(),
                        candidate.model().name(),
                        champion.model().name())
                .orElseThrow()
                .size();
        String where = rule.by() + "=" + slice.value();
        if (Double.isNaN(size.estimate())) {
            notes.add(metric() + " has no value where " + where + ", which isn't judged");
        } else if (-size.estimate() > rule.maxDrop()) {
            Resampled.Interval interval = size.interval(rules.confidence());
            failures.add("where " + where + " (" + slice.rows() + " rows) " + metric() + " is "
                    + Figures.difference(-size.estimate()) + " worse than "
                    + champion.model().name() + "'s ("
                    + Figures.percent(rules.confidence()) + " interval of the change: "
                    + Figures.difference(interval.low()) + " to " + Figures.difference(interval.high())
                    + "; allowed: at most " + Figures.difference(rule.maxDrop()) + " worse)");
        }
    }

    private void noteFirst() {
        if (!Double.isNaN(candidate.value())) {
            supports.add(
                    0,
                    "there is no champion to beat; " + metric() + " of "
                            + candidate.model().name() + " is " + Figures.value(candidate.value()));
        }
    }

    private void noteCandidates() {
        int count = comparison.candidates().size();
        if (count > 1) {
            notes.add("the best of " + count + " candidates by " + metric() + " is "
                    + candidate.model().name() + " ("
                    + comparison.candidates().stream()
                            .map(one -> one.model().name() + " " + Figures.value(one.value()))
                            .collect(Collectors.joining(", "))
                    + "); as " + count + " were tried, it must be " + Figures.percent(confidence) + " sure instead of "
                    + Figures.percent(rules.confidence()));
        }
    }

    private void noteBaseline() {
        comparison.baseline().ifPresent(baseline -> {
            if (Double.isNaN(baseline.value())) {
                notes.add("the baseline, " + baseline.model().name() + ", can't be compared" + why(baseline));
            } else if (!Double.isNaN(candidate.value())) {
                Resampled size = comparison
                        .improvement(candidate.model().name(), baseline.model().name())
                        .orElseThrow()
                        .size();
                Resampled.Interval interval = size.interval(rules.confidence());
                notes.add("the baseline, " + baseline.model().name() + ", has " + Figures.value(baseline.value())
                        + ": the candidate is " + Figures.difference(Math.abs(size.estimate()))
                        + (size.estimate() < 0 ? " worse" : " better") + " (" + Figures.percent(rules.confidence())
                        + " interval of the improvement: " + Figures.difference(interval.low()) + " to "
                        + Figures.difference(interval.high()) + ")");
            }
        });
    }

    /** The reason, if one is known. */
    private String why(ModelResult result) {
        String any = result.problems().values().stream().findFirst().orElse("");
        String problem = result.problems().getOrDefault(comparison.plan().metric(), any);
        return problem.isEmpty() ? "" : " (" + problem + ")";
    }

    private String metric() {
        return rules.metric();
    }
}
