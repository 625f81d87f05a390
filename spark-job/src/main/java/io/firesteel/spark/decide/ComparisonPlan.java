package io.firesteel.spark.decide;

import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.spark.config.PromotionRules;
import io.firesteel.spark.config.PromotionRules.Better;
import io.firesteel.spark.config.PromotionRules.Test;
import io.firesteel.spark.decide.Contestant.Role;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What is compared, and how.
 *
 * @param models in the order in which a row's outputs have them: at least one candidate, at most one champion, at most one baseline
 * @param metrics entries of a {@link MetricSet}, all of which are computed for candidates and champion
 * @param metric by which models are judged: the name of one of the entries' numbers, such as {@code auc} or {@code recall[2]}
 * @param better which of its values are better
 * @param test McNemar's counts which classifications one of two models alone got right, in place of resamples
 * @param slices columns that rows carry, each of which cuts them into parts
 * @param resamples of the bootstrap
 * @param confidence of the intervals that are shown, over 0 and under 1
 * @param seed of the draws
 */
public record ComparisonPlan(
        List<Contestant> models,
        List<String> metrics,
        String metric,
        Better better,
        Test test,
        List<String> slices,
        int resamples,
        double confidence,
        long seed)
        implements Serializable {
    private static final String OF_HELD_OUT_ROWS = "validation.";
    private static final Pattern NAMED = Pattern.compile("\\s*[A-Za-z_][A-Za-z0-9_]*\\s*=.*", Pattern.DOTALL);
    private static final String RIGHT = "accuracy";

    public ComparisonPlan {
        models = List.copyOf(models);
        metrics = List.copyOf(metrics);
        slices = List.copyOf(slices);
        checkModels(models);
        String judged = metric;
        List<String> entries = metrics;
        int entry = entryOf(entries, judged)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot compare models by " + judged + ": it is none of the metrics ("
                                + MetricSet.of(entries).names() + ")"));
        if (test == Test.MCNEMAR && !isAccuracy(entries, entry)) {
            throw new IllegalArgumentException(
                    "Cannot compare models by " + judged
                            + ": McNemar's test is of classifications that are right or wrong (expected accuracy, or test bootstrap)");
        }
    }

    /**
     * What rules ask for.
     *
     * @param metrics of the job; the judged one is added if it isn't among them
     * @throws IllegalArgumentException if it isn't known which values of the metric are better, or it isn't one number
     */
    public static ComparisonPlan of(PromotionRules rules, List<Contestant> models, List<String> metrics, long seed) {
        String metric = rules.metric().startsWith(OF_HELD_OUT_ROWS)
                ? rules.metric().substring(OF_HELD_OUT_ROWS.length())
                : rules.metric();
        if (rules.test() == Test.MCNEMAR && rules.mustImprove() != 0) {
            throw new IllegalArgumentException("Cannot compare models by McNemar's test with promote.mustImprove "
                    + Figures.difference(rules.mustImprove())
                    + ": it tells whether one is better, not by how much (expected 0, or promote.test: bootstrap)");
        }
        List<String> all = new ArrayList<>(metrics);
        if (entryOf(all, metric).isEmpty()) {
            all.add(metric);
        }
        String definition = definition(all, entryOf(all, metric).orElse(all.size() - 1));
        Better better = rules.better()
                .or(() -> MetricDirections.of(definition))
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "Cannot compare models by " + metric
                                        + ": it isn't known which of its values are better (expected promote.better: higher or lower)"));
        return new ComparisonPlan(
                models,
                all,
                metric,
                better,
                rules.test(),
                rules.slices().stream().map(PromotionRules.Slice::by).distinct().toList(),
                rules.resamples(),
                rules.confidence(),
                seed);
    }

    private static void checkModels(List<Contestant> models) {
        Set<String> names = new HashSet<>();
        models.forEach(model -> {
            if (!names.add(model.name())) {
                throw new IllegalArgumentException(
                        "Cannot compare models: two are called " + model.name() + " (expected a name for each)");
            }
        });
        if (count(models, Role.CANDIDATE) == 0
                || count(models, Role.CHAMPION) > 1
                || count(models, Role.BASELINE) > 1) {
            throw new IllegalArgumentException("Cannot compare models: of " + models.size() + " there are "
                    + count(models, Role.CANDIDATE) + " candidates, " + count(models, Role.CHAMPION) + " champions and "
                    + count(models, Role.BASELINE)
                    + " baselines (expected at least 1 candidate, at most 1 champion and 1 baseline)");
        }
    }

    private static long count(List<Contestant> models, Role role) {
        return models.stream().filter(model -> model.role() == role).count();
    }

    /** The entry that has a number of that name. */
    private static OptionalInt entryOf(List<String> metrics, String metric) {
        List<String> names = MetricSet.of(metrics).names();
        return IntStream.range(0, names.size())
                .filter(i -> metric.equals(names.get(i))
                        || metric.startsWith(names.get(i) + "[")
                        || metric.startsWith(names.get(i) + "."))
                .findFirst();
    }

    private static String definition(List<String> metrics, int entry) {
        MetricSet set = MetricSet.of(metrics);
        return set.definition(set.names().get(entry));
    }

    private static boolean isAccuracy(List<String> metrics, int entry) {
        return definition(metrics, entry).equals(RIGHT);
    }

    /** All metrics. */
    MetricSet all() {
        return MetricSet.of(metrics);
    }

    /** The judged metric, with the entries that its formula may use. */
    MetricSet judged() {
        int entry = entryOf(metrics, metric).orElseThrow();
        List<String> needed = new ArrayList<>();
        for (int i = 0; i < entry; i++) {
            if (NAMED.matcher(metrics.get(i)).matches()) {
                needed.add(metrics.get(i));
            }
        }
        needed.add(metrics.get(entry));
        return MetricSet.of(needed);
    }

    /** What is computed of a model: a baseline has no more than what is judged. */
    MetricSet metricsOf(Contestant model) {
        return model.role() == Role.BASELINE ? judged() : all();
    }

    /** Whether models choose among classes. */
    boolean isClassification() {
        Set<MetricKind.Reads> reads = all().reads();
        return reads.contains(MetricKind.Reads.CLASSES) || reads.contains(MetricKind.Reads.PROBABILITIES);
    }

    /** The place of the model in that role, of which there is at most one. */
    OptionalInt placeOf(Role role) {
        return IntStream.range(0, models.size())
                .filter(i -> models.get(i).role() == role)
                .findFirst();
    }

    /** The places of the candidates. */
    List<Integer> candidates() {
        return IntStream.range(0, models.size())
                .filter(i -> models.get(i).role() == Role.CANDIDATE)
                .boxed()
                .toList();
    }

    /** How much better one value is than another one; NaN where one of them is. */
    double improvement(double value, double over) {
        return better == Better.HIGHER ? value - over : over - value;
    }

    /** What a metric's text names, if it names one. */
    static Optional<MetricKind> kind(String text) {
        try {
            return Optional.of(Metrics.kindOf(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
