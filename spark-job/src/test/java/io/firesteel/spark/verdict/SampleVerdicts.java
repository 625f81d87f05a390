package io.firesteel.spark.verdict;

import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.spark.config.PromotionRules;
import io.firesteel.spark.decide.Comparison;
import io.firesteel.spark.decide.ComparisonFold;
import io.firesteel.spark.decide.ComparisonPlan;
import io.firesteel.spark.decide.Contestant;
import io.firesteel.spark.decide.Promotion;
import io.firesteel.spark.decide.Rules;
import io.firesteel.spark.predict.ScoredBatch;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/** Verdicts with all there is, of made-up rows. */
final class SampleVerdicts {
    private static final int ROWS = 600;
    private static final List<String> REGIONS = List.of("north", "south", "west side", "loop");

    private SampleVerdicts() {}

    /** A regression with a champion and a baseline. */
    static Verdict promoted() {
        Random random = new Random(8);
        double[] targets = random.doubles(ROWS, 0, 10).toArray();
        PromotionRules rules =
                Rules.by("rmse").maximum(2).slice("region", 0.2, 30).build();
        Comparison comparison = compare(
                rules,
                List.of(
                        Contestant.candidate("version 8"),
                        Contestant.champion("version 3"),
                        Contestant.baseline("ridership 7 days before")),
                List.of("rmse", "meanAbsoluteError", "r2"),
                List.of(numbers(targets, 1, random), numbers(targets, 1.2, random), numbers(targets, 1.6, random)));
        return common(Outcome.PROMOTED)
                .optDecision(rules, comparison, Promotion.decide(rules, comparison))
                .optHistories(Map.of("version 8", history(1)))
                .build();
    }

    /** Two candidates for a classification. */
    static Verdict refused() {
        Random random = new Random(9);
        double[] labels = random.ints(ROWS, 0, 2).asDoubleStream().toArray();
        PromotionRules rules =
                Rules.by("auc").minimum(0.95).slice("region", 0.02, 30).build();
        Comparison comparison = compare(
                rules,
                List.of(Contestant.candidate("narrow"), Contestant.candidate("wide"), Contestant.champion("version 3")),
                List.of("loss=logLoss", "auc", "accuracy"),
                List.of(classes(labels, 1.5, random), classes(labels, 1, random), classes(labels, 1, random)));
        Map<String, List<EpochRecord>> histories = new LinkedHashMap<>();
        histories.put("narrow", history(1.3));
        histories.put("wide", history(1));
        return common(Outcome.REFUSED)
                .optDecision(rules, comparison, Promotion.decide(rules, comparison))
                .optVersions(Map.of("wide", 8, "version 3", 3))
                .optHistories(histories)
                .build();
    }

    private static Verdict.Builder common(Outcome outcome) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("rows to train with", 5479);
        data.put("held-out rows", ROWS);
        data.put("new files", 1);
        Map<String, Object> lineage = new LinkedHashMap<>();
        lineage.put("parent", "version 3");
        lineage.put("data", "hdfs://namenode:8020/data/ridership/2016-11.csv");
        lineage.put("ledger", "5f0c3d1e9a");
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("checks", 1.25);
        seconds.put("training", 63.2);
        seconds.put("comparison", 2.0);
        List<DataCheck> checks = new ArrayList<>();
        checks.add(new DataCheck(
                "rows.change",
                Optional.empty(),
                DataCheck.Status.OK,
                "5479 rows are 1 % more than the 5449 of the median of the last 5 runs",
                OptionalDouble.of(0.01),
                OptionalDouble.of(0.5)));
        for (int i = 0; i < 10; i++) {
            double drift = 0.3 / (i + 1);
            checks.add(new DataCheck(
                    DataCheck.DRIFT,
                    Optional.of("feature" + i),
                    drift > 0.2 ? DataCheck.Status.WARN : DataCheck.Status.OK,
                    "PSI of feature" + i + " is " + Math.round(drift * 1000) / 1000.0,
                    OptionalDouble.of(drift),
                    OptionalDouble.of(0.2)));
        }
        return Verdict.builder("ridership", "2016-11-01", "2016-11-01", outcome)
                .optData(data)
                .optLineage(lineage)
                .optSeconds(seconds)
                .optChecks(checks);
    }

    private static List<EpochRecord> history(double scale) {
        return IntStream.rangeClosed(1, 20)
                .mapToObj(epoch -> new EpochRecord(
                        epoch,
                        epoch * 10L,
                        0.5,
                        Map.of("train.loss", scale / epoch, "validation.loss", scale * (0.2 + 1.0 / epoch)),
                        new Ledger(5479, 0)))
                .toList();
    }

    private static Comparison compare(
            PromotionRules rules, List<Contestant> models, List<String> metrics, List<MetricInput> outputs) {
        ComparisonFold fold = new ComparisonFold(ComparisonPlan.of(rules, models, metrics, 1));
        List<Long> ids = IntStream.range(0, ROWS).mapToObj(row -> (long) row).toList();
        List<String> regions = IntStream.range(0, ROWS)
                .mapToObj(row -> REGIONS.get(row % REGIONS.size()))
                .toList();
        return fold.compute(fold.fold(
                List.of(new ScoredBatch(outputs, ids, List.of(regions))).iterator()));
    }

    private static MetricInput numbers(double[] targets, double noise, Random random) {
        double[] predictions = IntStream.range(0, ROWS)
                .mapToDouble(row -> targets[row] + noise * random.nextGaussian())
                .toArray();
        return new MetricInput().begin(ROWS).predictions(predictions, 1).targets(targets, 1);
    }

    private static MetricInput classes(double[] labels, double noise, Random random) {
        double[] logits = IntStream.range(0, ROWS)
                .mapToDouble(row -> 2 * labels[row] - 1 + noise * random.nextGaussian())
                .toArray();
        long[] classes =
                IntStream.range(0, ROWS).mapToLong(row -> (long) labels[row]).toArray();
        return new MetricInput().begin(ROWS).predictions(logits, 1).classes(LongBuffer.wrap(classes));
    }
}
