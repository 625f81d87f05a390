package io.firesteel.spark.config;

import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.engine.train.WirePrecision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the parts of a job must keep to each other; each rule lists what breaks it, with paths from the top of the job. */
final class JobRules {
    private JobRules() {}

    /** Names of features are unique. */
    static List<RuleViolation> features(List<FeatureConfig> features) {
        List<RuleViolation> violations = new ArrayList<>();
        Map<String, Integer> indexes = new HashMap<>();
        for (int i = 0; i < features.size(); i++) {
            String name = features.get(i).name();
            Integer first = indexes.putIfAbsent(name, i);
            if (first != null) {
                violations.add(new RuleViolation(
                        "features." + i + ".name", name + " (must differ from the name of features." + first + ")"));
            }
        }
        return violations;
    }

    /** Classes are one int64 column, targets are float32. */
    static List<RuleViolation> label(LossFunction loss, LabelConfig label) {
        List<RuleViolation> violations = new ArrayList<>();
        boolean classes = loss == LossFunction.CROSS_ENTROPY;
        ElementType needed = classes ? ElementType.INT64 : ElementType.FLOAT32;
        String withLoss = " with loss " + loss.label() + ")";
        if (label.type() != needed) {
            violations.add(
                    new RuleViolation("label.type", label.type().label() + " (must be " + needed.label() + withLoss));
        }
        if (classes && label.columns().size() > 1) {
            violations.add(new RuleViolation("label.columns", label.columns() + " (must be one column" + withLoss));
        }
        return violations;
    }

    /** A sharded optimizer takes gradients of every step; what else is exchanged needs all of it everywhere. */
    static List<RuleViolation> sharding(Optimization optimizer, TrainConfig train) {
        if (optimizer.sharded() && !(train.synchronization() instanceof WirePrecision)) {
            return List.of(new RuleViolation(
                    "optimizer.sharded", "true (must be false with train.sync or train.exchange.compression)"));
        }
        return List.of();
    }
}
