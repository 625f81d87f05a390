package io.firesteel.spark.config;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code firesteel retrain} does beside training; {@code train} has no use for it.
 *
 * @param registry Hadoop URI or path of the model registry, as written; empty: {@code <output>/<name>/registry}
 * @param schedule how a date is handled
 * @param checks of the data, before training
 * @param promotion the rules by which a candidate becomes champion
 * @param candidates variants of the job that are trained and compared; empty: the job itself alone
 * @param hooks what is called at the end
 */
public record Retraining(
        Optional<String> registry,
        RetrainConfig schedule,
        ChecksConfig checks,
        Optional<PromotionRules> promotion,
        List<CandidateConfig> candidates,
        HooksConfig hooks) {
    /** What holds for a job file without any of these keys. */
    public static final Retraining NONE = new Retraining(
            Optional.empty(), RetrainConfig.DEFAULT, ChecksConfig.NONE, Optional.empty(), List.of(), HooksConfig.NONE);

    public Retraining {
        RetrainingSections.REGISTRY.check(registry);
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(checks, "checks");
        Objects.requireNonNull(promotion, "promotion");
        candidates = List.copyOf(candidates);
        Objects.requireNonNull(hooks, "hooks");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < candidates.size(); i++) {
            if (!names.add(candidates.get(i).name())) {
                throw new RuleViolation(
                        "candidates." + i + ".name",
                        candidates.get(i).name() + " (must differ from those of the other candidates)");
            }
        }
    }

    Retraining resolvedAgainst(JobDirectory directory) {
        return new Retraining(registry.map(directory::resolve), schedule, checks, promotion, candidates, hooks);
    }
}
