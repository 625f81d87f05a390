package io.firesteel.spark.retrain;

import io.firesteel.engine.registry.ModelVersion;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.spark.check.CheckResult;
import io.firesteel.spark.check.DataChecks;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.PromotionRules;
import io.firesteel.spark.decide.Comparison;
import io.firesteel.spark.decide.Decision;
import io.firesteel.spark.snapshot.NewData;
import io.firesteel.spark.verdict.DataCheck;
import io.firesteel.spark.verdict.Outcome;
import io.firesteel.spark.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a date has come to so far: the verdict is made of it, however far the date gets. */
final class Account {
    private static final String CANDIDATE = "candidate";

    private final JobConfig job;
    private final RunOfDate run;
    private final PromotionRules rules;
    private final Steps steps;
    private Optional<NewData> news = Optional.empty();
    private List<CheckResult> checks = List.of();
    private List<TrainedCandidate> candidates = List.of();
    private Optional<DataSeen> seen = Optional.empty();
    private Optional<ModelVersion> version = Optional.empty();
    private OptionalInt candidate = OptionalInt.empty();
    private OptionalInt champion = OptionalInt.empty();
    private Optional<Comparison> comparison = Optional.empty();
    private Optional<Decision> decision = Optional.empty();

    Account(JobConfig job, RunOfDate run, PromotionRules rules, Steps steps) {
        this.job = job;
        this.rules = rules;
        this.run = run;
        this.steps = steps;
    }

    void news(NewData found) {
        news = Optional.of(found);
    }

    void checks(List<CheckResult> made) {
        checks = List.copyOf(made);
    }

    /** Whether a check has ended the date. */
    boolean isStopped() {
        return DataChecks.stopReason(checks).isPresent() && candidate.isEmpty();
    }

    void candidates(List<TrainedCandidate> trained) {
        candidates = List.copyOf(trained);
    }

    void data(DataSeen known) {
        seen = Optional.of(known);
    }

    void versions(ModelVersion ofCandidate, OptionalInt ofChampion) {
        version = Optional.of(ofCandidate);
        candidate = OptionalInt.of(ofCandidate.number());
        champion = ofChampion;
    }

    void compared(Comparison found, Decision made) {
        comparison = Optional.of(found);
        decision = Optional.of(made);
    }

    /** The verdict as it would be by now. */
    Verdict verdict(Outcome outcome, List<String> reasons) {
        Verdict.Builder verdict = Verdict.builder(job.name(), run.date().toString(), run.id(), outcome)
                .optChecks(checks.stream().map(Account::check).toList())
                .optData(data())
                .optLineage(lineage())
                .optSeconds(steps.seconds());
        Map<String, Integer> versions = new LinkedHashMap<>();
        candidate.ifPresent(number -> versions.put(Trial.name(number), number));
        champion.ifPresent(number -> versions.put(Trial.name(number), number));
        verdict.optVersions(versions).optHistories(histories());
        candidate.ifPresent(number -> verdict.optCandidate(Trial.name(number)));
        champion.ifPresent(number -> verdict.optChampion(Trial.name(number)));
        decision.ifPresent(made -> verdict.optDecision(rules, comparison.orElseThrow(), made));
        return verdict.optReasons(reasons).build();
    }

    private Map<String, List<EpochRecord>> histories() {
        Map<String, List<EpochRecord>> histories = new LinkedHashMap<>();
        candidates.forEach(trained -> histories.put(
                trained.name().orElse(CANDIDATE), trained.summary().report().history()));
        return histories;
    }

    private Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        news.ifPresent(found -> data.put("news", found.text()));
        seen.ifPresent(known -> {
            data.put("trainingRows", known.rows());
            known.watermark().ifPresent(value -> data.put("watermark", value));
        });
        comparison.ifPresent(known -> data.put("heldOutRows", known.rows()));
        return data;
    }

    private Map<String, Object> lineage() {
        Map<String, Object> fields = new LinkedHashMap<>();
        version.ifPresent(known -> {
            fields.put("run", known.lineage().runId());
            fields.put("code", known.lineage().codeVersion());
            fields.put("jobSha256", known.lineage().jobSha256());
            known.lineage().ledgerHash().ifPresent(hash -> fields.put("ledger", hash));
            fields.put("model", known.location());
        });
        return fields;
    }

    private static DataCheck check(CheckResult result) {
        return new DataCheck(
                result.name(),
                result.column(),
                DataCheck.Status.valueOf(result.status().name()),
                result.text(),
                result.value(),
                result.limit());
    }
}
