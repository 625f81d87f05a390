package io.firesteel.spark.config;

import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.train.LossFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What metrics need of a job: the rows that its loss is of must have what they read. */
final class MetricRules {
    private static final Set<LossFunction> OF_CLASSIFIERS =
            Set.of(LossFunction.CROSS_ENTROPY, LossFunction.BINARY_CROSS_ENTROPY);
    private static final Set<Reads> OF_FILES = Set.of(Reads.GROUPS, Reads.TEXTS);

    private MetricRules() {}

    /** Each metric can read what a job with that loss has. */
    static List<RuleViolation> of(LossFunction loss, List<String> metrics) {
        MetricSet set = MetricSet.of(metrics);
        List<RuleViolation> violations = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            for (MetricKind kind : set.kinds(set.names().get(i))) {
                Optional<String> needed = needed(loss, kind.reads());
                if (needed.isPresent()) {
                    violations.add(new RuleViolation("metrics." + i, kind.name() + " (must be " + needed.get() + ")"));
                    break;
                }
            }
        }
        return violations;
    }

    private static Optional<String> needed(LossFunction loss, Set<Reads> reads) {
        Optional<Reads> ofFiles = reads.stream().filter(OF_FILES::contains).findFirst();
        if (ofFiles.isPresent()) {
            return Optional.of("computed by 'firesteel evaluate', as a job has no "
                    + (ofFiles.get() == Reads.GROUPS ? "groups" : "texts"));
        }
        boolean ofClasses = reads.contains(Reads.CLASSES) || reads.contains(Reads.PROBABILITIES);
        if (ofClasses && !OF_CLASSIFIERS.contains(loss)) {
            return Optional.of("with loss crossEntropy or binaryCrossEntropy, not " + loss.label());
        }
        boolean ofNumbers = reads.contains(Reads.TARGETS) && !ofClasses;
        return ofNumbers && loss == LossFunction.CROSS_ENTROPY
                ? Optional.of("with a loss of targets that are numbers, not " + loss.label())
                : Optional.empty();
    }
}
