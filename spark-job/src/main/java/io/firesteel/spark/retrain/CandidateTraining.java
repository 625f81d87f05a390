package io.firesteel.spark.retrain;

import io.firesteel.spark.JobLoader;
import io.firesteel.spark.RunException;
import io.firesteel.spark.RunSummary;
import io.firesteel.spark.TrainingJob;
import io.firesteel.spark.TrainingRequest;
import io.firesteel.spark.config.CandidateConfig;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.PromotionRules;
import io.firesteel.spark.config.RetrainConfig;
import io.firesteel.spark.coordinator.RunListener;
import io.firesteel.spark.decide.MetricDirections;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Trains the candidates of a date, one after another, and finds the best. */
final class CandidateTraining {
    private final RetrainingRequest request;
    private final RunOfDate run;
    private final JobPlace place;
    private final RunListener listener;

    CandidateTraining(RetrainingRequest request, RunOfDate run, JobPlace place, RunListener listener) {
        this.request = request;
        this.run = run;
        this.place = place;
        this.listener = listener;
    }

    /**
     * Trains every candidate, or the job itself where it has none.
     *
     * @param champion location of the champion's weights; empty if there is none
     */
    List<TrainedCandidate> train(JobConfig job, Optional<String> champion, SparkSession spark) {
        List<TrainedCandidate> trained = new ArrayList<>();
        if (job.retraining().candidates().isEmpty()) {
            trained.add(train(Optional.empty(), run.id(), List.of(), champion, spark));
        }
        for (CandidateConfig candidate : job.retraining().candidates()) {
            String id = run.id() + "." + candidate.name();
            trained.add(train(Optional.of(candidate.name()), id, candidate.overrides(), champion, spark));
        }
        return trained;
    }

    private TrainedCandidate train(
            Optional<String> name, String id, List<String> overrides, Optional<String> champion, SparkSession spark) {
        List<String> all = new ArrayList<>(request.overrides());
        all.addAll(overrides);
        boolean warm = champion.isPresent()
                && JobLoader.load(asked(id, all)).retraining().schedule().start() == RetrainConfig.Start.CHAMPION;
        if (warm) {
            all.add("train.initialWeights='" + champion.get().replace("'", "''") + "'");
        }
        TrainingRequest asked = asked(id, all);
        JobConfig job = JobLoader.load(asked);
        // What a killed attempt left; nobody else writes there, for the lease is ours.
        place.run(id).delete();
        RunSummary summary = new TrainingJob(asked, listener).run(job, spark);
        return new TrainedCandidate(name, job, summary, warm);
    }

    private TrainingRequest asked(String id, List<String> overrides) {
        return new TrainingRequest(
                request.jobFile(),
                overrides,
                request.master(),
                request.report(),
                Optional.of(id),
                Optional.of(run.date()));
    }

    /**
     * The best candidate; of equal ones the first.
     *
     * @throws RunException if none of several has a value of it
     */
    static TrainedCandidate best(List<TrainedCandidate> trained, PromotionRules rules) {
        if (trained.size() == 1) {
            return trained.get(0);
        }
        String metric = rules.metric();
        List<TrainedCandidate> measured = trained.stream()
                .filter(candidate -> !Double.isNaN(candidate.metric(metric)))
                .toList();
        if (measured.isEmpty()) {
            throw new RunException(
                    RunException.Fault.JOB,
                    "Cannot choose among candidates by " + metric + ": none has a value of it (expected one of "
                            + trained.get(0).summary().report().metrics().keySet()
                            + "; see metrics and promote.metric)");
        }
        PromotionRules.Better better = rules.better()
                .or(() -> MetricDirections.of(metric.replaceFirst("^validation\\.", "")))
                .orElse(PromotionRules.Better.HIGHER);
        Comparator<TrainedCandidate> worse = Comparator.comparingDouble(candidate -> candidate.metric(metric));
        Comparator<TrainedCandidate> order = better == PromotionRules.Better.HIGHER ? worse.reversed() : worse;
        return measured.stream().min(order).orElseThrow();
    }
}
