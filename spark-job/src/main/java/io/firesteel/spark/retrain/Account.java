package io.firesteel.spark.retrain;

import io.firesteel.spark.check.CheckResult;
import io.firesteel.spark.check.DataChecks;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.decide.Comparison;
import io.firesteel.spark.decide.Decision;
import io.firesteel.spark.snapshot.NewData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a date has come to so far: the verdict is made of it, however far the date gets. */
final class Account {
    private final JobConfig job;
    private final RunOfDate run;
    private final Steps steps;
    private Optional<NewData> news = Optional.empty();
    private List<CheckResult> checks = List.of();
    private List<TrainedCandidate> candidates = List.of();
    private OptionalInt candidate = OptionalInt.empty();
    private OptionalInt champion = OptionalInt.empty();
    private Optional<Comparison> comparison = Optional.empty();
    private Optional<Decision> decision = Optional.empty();

    Account(JobConfig job, RunOfDate run, Steps steps) {
        this.job = job;
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

    void versions(int ofCandidate, OptionalInt ofChampion) {
        candidate = OptionalInt.of(ofCandidate);
        champion = ofChampion;
    }

    void compared(Comparison found, Decision made) {
        comparison = Optional.of(found);
        decision = Optional.of(made);
    }

    Map<String, Object> verdict(Outcome outcome, List<String> reasons) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", "firesteel.verdict/1");
        fields.put("job", job.name());
        fields.put("date", run.date().toString());
        fields.put("runId", run.id());
        fields.put("outcome", outcome.label());
        fields.put("reasons", reasons);
        return fields;
    }
}
