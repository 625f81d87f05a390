package io.firesteel.spark.config;

import io.firesteel.engine.handler.EarlyStoppingOptions;
import io.firesteel.engine.handler.EmaOptions;
import io.firesteel.engine.handler.SwaOptions;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.train.HandlerOptions;
import io.firesteel.engine.train.LocalSgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What handlers must keep to the rest of the job; each rule lists what breaks it, with paths from the top of the job. */
final class WatchRules {
    private static final String TRAIN = "train.";
    private static final String VALIDATION = "validation.";

    private WatchRules() {}

    /** All metrics that something watches. */
    static List<WatchedMetric> watched(
            Optimization optimizer,
            HandlerOptions handlers,
            Optional<CheckpointConfig> checkpoint,
            Retraining retraining) {
        List<WatchedMetric> watched = new ArrayList<>();
        boolean onlyPlateau =
                optimizer.schedules().isEmpty() && optimizer.plateaus().size() == 1;
        optimizer
                .plateaus()
                .forEach(plateau -> watched.add(
                        new WatchedMetric("optimizer.schedule" + (onlyPlateau ? ".metric" : ""), plateau.metric())));
        List<EarlyStoppingOptions> stopping = handlers.earlyStopping();
        for (int i = 0; i < stopping.size(); i++) {
            String index = stopping.size() == 1 ? "" : "." + i;
            watched.add(new WatchedMetric(
                    "handlers.earlyStopping" + index + ".metric",
                    stopping.get(i).metric()));
        }
        checkpoint
                .map(CheckpointConfig::best)
                .filter(best -> best.areKept())
                .ifPresent(best -> watched.add(new WatchedMetric("checkpoint.best.metric", best.metric())));
        retraining.promotion().ifPresent(rules -> watched.add(new WatchedMetric("promote.metric", rules.metric())));
        return watched;
    }

    /**
     * What is watched is measured. A setup may put metrics of its own there, which have other names.
     *
     * @param metrics entries of a set
     * @param validates whether there are validation rows
     */
    static List<RuleViolation> metrics(
            List<WatchedMetric> watched, List<String> metrics, boolean validates, Optional<String> setup) {
        List<String> names = MetricSet.of(metrics).names();
        List<String> known = Stream.of(TRAIN, VALIDATION)
                .filter(prefix -> validates || prefix.equals(TRAIN))
                .flatMap(prefix -> names.stream().map(prefix::concat))
                .toList();
        return watched.stream()
                .filter(one -> known.stream().noneMatch(name -> isPart(one.metric(), name)))
                .filter(one -> setup.isEmpty() || isOurs(one.metric()))
                .map(one -> new RuleViolation(
                        one.path(),
                        one.metric() + " (must be one of: " + String.join(", ", known)
                                + wayOut(one.metric(), known, validates) + ")"))
                .toList();
    }

    /** Whether it is a metric, or one number of a metric that has several. */
    private static boolean isPart(String watched, String metric) {
        return watched.equals(metric) || watched.startsWith(metric + "[") || watched.startsWith(metric + ".");
    }

    private static boolean isOurs(String metric) {
        return metric.startsWith(TRAIN) || metric.startsWith(VALIDATION);
    }

    private static String wayOut(String metric, List<String> known, boolean validates) {
        if (metric.startsWith(VALIDATION) && !validates) {
            return "; there are no validation rows without data.validation";
        }
        return Suggestion.nearest(metric, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
    }

    /** A mean over epochs has one to begin with, and learning rates are tried with steps of one iteration of all shards. */
    static List<RuleViolation> train(HandlerOptions handlers, TrainConfig train) {
        List<RuleViolation> violations = new ArrayList<>(sync(handlers, train));
        handlers.findSwa()
                .map(SwaOptions::fromEpoch)
                .filter(epoch -> epoch > train.epochs())
                .ifPresent(epoch -> violations.add(new RuleViolation(
                        "handlers.swa.fromEpoch", epoch + " (must be <= train.epochs, " + train.epochs() + ")")));
        if (handlers.watching().findLearningRates().isPresent()) {
            boolean accumulates = train.batching().accumulate() > 1;
            if (accumulates || train.synchronization() instanceof LocalSgd) {
                violations.add(new RuleViolation(
                        "handlers.learningRateFinder",
                        "a mapping (must be left out with " + (accumulates ? "train.accumulate > 1" : "train.sync")
                                + ": a step is more than an iteration there)"));
            }
        }
        return violations;
    }

    /** Where shards learn by themselves, weights are those of all after an exchange only, and a NaN has changed them by then. */
    private static List<RuleViolation> sync(HandlerOptions handlers, TrainConfig train) {
        List<RuleViolation> violations = new ArrayList<>();
        if (train.synchronization() instanceof LocalSgd local) {
            handlers.findEma()
                    .map(EmaOptions::everyIterations)
                    .filter(every -> every % local.every() != 0)
                    .ifPresent(every -> violations.add(new RuleViolation(
                            "handlers.ema.everyIterations",
                            every + " (must be a multiple of " + local.every() + ", train.sync.every)")));
            if (handlers.terminateOnNan()) {
                violations.add(new RuleViolation("handlers.terminateOnNan", "true (must be false with train.sync)"));
            }
        }
        return violations;
    }
}
