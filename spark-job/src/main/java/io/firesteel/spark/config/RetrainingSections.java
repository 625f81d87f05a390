package io.firesteel.spark.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys at the top of a job file that only {@code retrain} reads. */
final class RetrainingSections {
    static final Key<String> REGISTRY = Key.optional("registry", ScalarTypes.text());
    static final Key<RetrainConfig> RETRAIN = Key.optional("retrain", RetrainSection.TYPE);
    static final Key<ChecksConfig> CHECKS = Key.optional("checks", ChecksSection.TYPE);
    static final Key<PromotionRules> PROMOTE = Key.optional("promote", PromoteSection.TYPE);
    static final Key<List<CandidateConfig>> CANDIDATES =
            Key.optional("candidates", CollectionTypes.listOf(CandidateSection.TYPE, 1, "mappings"));
    static final Key<HooksConfig> HOOKS = Key.optional("hooks", HooksSection.TYPE);

    private RetrainingSections() {}

    /** Empty after a problem with the parts taken together. */
    static Optional<Retraining> read(Section section) {
        Optional<String> registry = section.find(REGISTRY);
        RetrainConfig schedule = section.find(RETRAIN).orElse(RetrainConfig.DEFAULT);
        ChecksConfig checks = section.find(CHECKS).orElse(ChecksConfig.NONE);
        Optional<PromotionRules> promotion = section.find(PROMOTE);
        List<CandidateConfig> candidates = section.find(CANDIDATES).orElse(List.of());
        HooksConfig hooks = section.find(HOOKS).orElse(HooksConfig.NONE);
        try {
            return Optional.of(new Retraining(registry, schedule, checks, promotion, candidates, hooks));
        } catch (RuleViolation e) {
            section.report(e);
            return Optional.empty();
        }
    }

    static void write(Retraining retraining, Map<String, Object> mapping) {
        REGISTRY.write(retraining.registry(), mapping);
        if (!retraining.schedule().equals(RetrainConfig.DEFAULT)) {
            RETRAIN.write(retraining.schedule(), mapping);
        }
        if (!retraining.checks().equals(ChecksConfig.NONE)) {
            CHECKS.write(retraining.checks(), mapping);
        }
        PROMOTE.write(retraining.promotion(), mapping);
        if (!retraining.candidates().isEmpty()) {
            CANDIDATES.write(retraining.candidates(), mapping);
        }
        if (!retraining.hooks().equals(HooksConfig.NONE)) {
            HOOKS.write(retraining.hooks(), mapping);
        }
    }
}
