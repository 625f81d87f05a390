package io.firesteel.spark.retrain;

import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.connectors.registry.VersionFiles;
import io.firesteel.engine.data.DataException;
import io.firesteel.spark.config.BaselineConfig;
import io.firesteel.spark.config.ConfigException;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.JobFile;
import io.firesteel.spark.config.PromotionRules;
import io.firesteel.spark.decide.Comparison;
import io.firesteel.spark.decide.ComparisonFold;
import io.firesteel.spark.decide.ComparisonPlan;
import io.firesteel.spark.decide.Contestant;
import io.firesteel.spark.predict.Baseline;
import io.firesteel.spark.predict.LoadedModel;
import io.firesteel.spark.predict.Scoring;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Compares a candidate, as the registry has it, with the champion and the baseline on the held-out rows. */
final class Trial {
    private static final String WEIGHTS = "model/weights.safetensors";

    private final JobConfig job;
    private final DirectoryRegistry registry;
    private final PromotionRules rules;

    Trial(JobConfig job, DirectoryRegistry registry, PromotionRules rules) {
        this.job = job;
        this.registry = registry;
        this.rules = rules;
    }

    /**
     * Finds out whether the rules fit the job and its data, as long as nothing has been trained.
     *
     * @throws IllegalArgumentException if there is no such metric, or none of which it is known what is better
     * @throws DataException if a column of the rules isn't there
     */
    void check(Dataset<Row> heldOut) {
        ComparisonPlan.of(rules, List.of(Contestant.candidate("candidate")), job.metrics(), job.seed());
        rules.slices().forEach(slice -> check("promote.slices", slice.by(), heldOut));
        job.retraining()
                .schedule()
                .baseline()
                .ifPresent(config -> check("retrain.baseline.column", config.column(), heldOut));
    }

    private static void check(String key, String column, Dataset<Row> heldOut) {
        if (!Arrays.asList(heldOut.columns()).contains(column)) {
            throw new DataException("Cannot find column " + column + " for " + key + ": the held-out rows have "
                    + String.join(", ", heldOut.columns()));
        }
    }

    /** Predicts the rows with each model, in one pass. */
    Comparison run(int candidate, OptionalInt champion, Dataset<Row> heldOut) {
        Optional<BaselineConfig> baseline = job.retraining().schedule().baseline();
        List<Contestant> contestants = new ArrayList<>(List.of(Contestant.candidate(name(candidate))));
        List<LoadedModel> models = new ArrayList<>(List.of(load(candidate)));
        champion.ifPresent(number -> {
            contestants.add(Contestant.champion(name(number)));
            models.add(load(number));
        });
        baseline.ifPresent(config -> contestants.add(Contestant.baseline(config.name())));
        ComparisonPlan plan = ComparisonPlan.of(rules, contestants, job.metrics(), job.seed());
        ComparisonFold fold = new ComparisonFold(plan);
        Scoring scoring = Scoring.of(
                heldOut,
                "the held-out rows",
                models,
                plan.slices(),
                baseline.map(config -> Baseline.of(config.column(), job.loss())));
        return fold.compare(scoring.map(batches -> fold.fold(batches).toBytes()));
    }

    /** Whole, or not at all: its checksums are compared. */
    private LoadedModel load(int version) {
        VersionFiles files = registry.files(version);
        String uri = files.model().uri();
        try {
            String text = new String(files.readAll("model/model.yaml"), StandardCharsets.UTF_8);
            return LoadedModel.of(uri, JobFile.parseModel(text, uri + "/model.yaml"), files.readAll(WEIGHTS))
                    .onRowsWith(job.data().derive());
        } catch (ConfigException e) {
            throw new DataException(
                    "Cannot load " + name(version) + " of " + registry.location() + ": " + e.getMessage(), e);
        }
    }

    static String name(int version) {
        return "version " + version;
    }
}
