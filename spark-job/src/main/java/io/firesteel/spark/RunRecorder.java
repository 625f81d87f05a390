package io.firesteel.spark;

import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.handler.LearningRateCurve;
import io.firesteel.engine.train.CheckpointRecord;
import io.firesteel.engine.train.Coordination;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.ReplicaOutcome;
import io.firesteel.spark.barrier.ReplicaResult;
import io.firesteel.spark.coordinator.Member;
import io.firesteel.spark.coordinator.Membership;
import io.firesteel.spark.coordinator.ReplicaFailure;
import io.firesteel.spark.coordinator.RunListener;
import io.firesteel.spark.report.RunDirectory;
import io.firesteel.spark.report.RunReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Writes the run directory: the job when training begins, the history as epochs end, the model and the report at the end. */
final class RunRecorder implements RunListener {
    private final TrainingRequest request;
    private final RunPlan plan;
    private final String runId;
    private final RunDirectory directory;
    private final Configuration hadoop;
    private final BestCheckpointLog best;
    private volatile Membership membership;
    private volatile LearningRateCurve learningRates;
    private int restarts;

    RunRecorder(TrainingRequest request, RunPlan plan, String runId, RunDirectory directory, Configuration hadoop) {
        this.request = request;
        this.plan = plan;
        this.runId = runId;
        this.directory = directory;
        this.hadoop = hadoop;
        this.best = new BestCheckpointLog(plan.training().checkpoints().best());
    }

    @Override
    public void started(int attempt) {
        // Nothing is worth writing before all rows are read.
    }

    @Override
    public void joined(int attempt, Membership joined) {
        membership = joined;
        boolean validates = plan.job().data().validation().isPresent();
        if (joined.training().rows() > 0 && (!validates || joined.validationRows() > 0)) {
            directory.writeJob(plan.job());
        }
    }

    @Override
    public void progress(Coordination.Progress progress) {
        // The history has whole epochs.
    }

    @Override
    public void epochCompleted(EpochRecord epoch) {
        directory.addEpoch(epoch);
    }

    @Override
    public void checkpointCommitted(CheckpointRecord checkpoint) {
        best.add(checkpoint);
    }

    @Override
    public void found(Finding finding) {
        directory.writeFinding(finding);
        if (finding instanceof LearningRateCurve curve) {
            learningRates = curve;
        }
    }

    @Override
    public void failed(int attempt, ReplicaFailure failure) {
        // The report tells of the failure that ended the run, not of those that it survived.
    }

    /** Where the run's checkpoints go. */
    String checkpoints() {
        return directory.checkpoints();
    }

    void restarts(int count) {
        restarts = count;
    }

    /** Writes the model and the report of a run that has ended well. */
    RunSummary completed(List<ReplicaResult> results) {
        ReplicaResult first = results.get(0);
        membership = first.membership();
        if (directory.history().isEmpty()) {
            // Without a coordinator the epochs come with the result.
            directory.writeJob(plan.job());
            first.epochs().forEach(this::epochCompleted);
            first.findings().forEach(this::found);
        }
        ReplicaOutcome outcome = first.outcome();
        String stopReason = outcome.stopReason();
        RunReport.Status status = stopReason.isEmpty() ? RunReport.Status.COMPLETED : RunReport.Status.STOPPED;
        RunReport draft = report(status, stopReason, Optional.of(totals(results)), Optional.empty());
        String model = directory.writeModel(
                ModelFile.toYaml(plan), draft.metricsJson(), first.weights().bytes());
        RunReport report = draft.withModel(new RunReport.ModelEntry(model, plan.parameters(), outcome.weightsSha256()));
        publish(report);
        return new RunSummary(directory.uri(), report);
    }

    /** Writes the report of a run that failed after training began; one that failed earlier leaves nothing. */
    void failed(RunException failure) {
        if (failure.fault() != RunException.Fault.TRAINING || membership == null) {
            return;
        }
        try {
            publish(report(RunReport.Status.FAILED, failure.getMessage(), Optional.empty(), Optional.empty()));
        } catch (ArtifactException e) {
            // What ended the run matters more than that it can't be written down.
            failure.addSuppressed(e);
        }
    }

    private void publish(RunReport report) {
        directory.writeHistory();
        byte[] json = report.toJson();
        directory.writeReport(json);
        request.report().ifPresent(copy -> new ReportFile(copy, hadoop).write(json));
    }

    private RunReport report(
            RunReport.Status status,
            String reason,
            Optional<RunReport.Totals> totals,
            Optional<RunReport.ModelEntry> model) {
        return new RunReport(
                status,
                reason,
                runId,
                plan.job().name(),
                plan.job().seed(),
                plan.training().batchSize(),
                cluster(),
                directory.history(),
                best.kept(),
                Optional.ofNullable(learningRates),
                totals,
                model);
    }

    private RunReport.Cluster cluster() {
        return new RunReport.Cluster(
                plan.assignment().replicas(),
                plan.assignment().shards(),
                membership.members().stream().map(Member::device).toList(),
                restarts,
                membership.training().rows(),
                membership.validationRows());
    }

    private static RunReport.Totals totals(List<ReplicaResult> results) {
        ReplicaOutcome first = results.get(0).outcome();
        double samplesPerSecond = results.stream()
                .mapToDouble(result -> result.outcome().samplesPerSecond())
                .min()
                .orElseThrow();
        return new RunReport.Totals(
                first.epochs(),
                first.iterations(),
                first.steps(),
                first.samples(),
                meanPhases(results),
                samplesPerSecond,
                first.eventCounts());
    }

    private static Map<String, Double> meanPhases(List<ReplicaResult> results) {
        Map<String, Double> mean = new LinkedHashMap<>();
        for (ReplicaResult result : results) {
            result.outcome()
                    .phaseSeconds()
                    .forEach((phase, seconds) -> mean.merge(phase, seconds / results.size(), Double::sum));
        }
        return mean;
    }
}
