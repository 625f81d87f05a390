package io.firesteel.spark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.train.StepArrangement;
import io.firesteel.engine.train.StepPhases;
import io.firesteel.engine.train.StepTimes;
import io.firesteel.spark.config.OptimizerOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepTimingBenchmarkTest {
    private static final StepTimes ALONE = times(1000, 300, 400, 20, 200, List.of(90.0, 100.0, 300.0));
    private static final StepTimes BARE = times(800, 0, 0, 0, 210, List.of(1.0, 1.0, 1.0));
    private static final StepTimes DJL = times(1900, 0, 0, 0, 1100, List.of(1.0, 1.0, 1.0));

    private final List<String> progress = new ArrayList<>();

    @Test
    void oneReplicaHasOneRow() {
        BenchReport report =
                report(Map.of(StepArrangement.ALONE, ALONE, StepArrangement.BARE, BARE, StepArrangement.DJL, DJL));

        assertThat(report.bench()).isEqualTo("step");
        assertThat(report.rows()).hasSize(1);
        assertThat(report.rows().get(0).keySet())
                .containsExactly(
                        "model",
                        "batch",
                        "optimizer",
                        "replicas",
                        "exchange",
                        "stepMicros",
                        "forwardMicros",
                        "backwardMicros",
                        "reduceMicros",
                        "optimizerMicros",
                        "otherMicros",
                        "dataMicros",
                        "metricsMicros",
                        "bareMicros",
                        "bareOptimizerMicros",
                        "djlStepMicros",
                        "djlOptimizerMicros",
                        "samplesPerSecond",
                        "quickest");
        assertThat(report.rows().get(0))
                .containsEntry("model", "mlp")
                .containsEntry("batch", 64)
                .containsEntry("optimizer", "adam")
                .containsEntry("replicas", 1)
                .containsEntry("exchange", false)
                .containsEntry("stepMicros", 1000.0)
                .containsEntry("otherMicros", 80.0)
                .containsEntry("dataMicros", 7.0)
                .containsEntry("metricsMicros", 9.0)
                .containsEntry("bareMicros", 800.0)
                .containsEntry("bareOptimizerMicros", 210.0)
                .containsEntry("samplesPerSecond", 100.0)
                .containsEntry("djlOptimizerMicros", 1100.0)
                .containsEntry(
                        "quickest",
                        Map.of(
                                "stepMicros", 500.0,
                                "forwardMicros", 150.0,
                                "backwardMicros", 200.0,
                                "reduceMicros", 10.0,
                                "optimizerMicros", 100.0,
                                "otherMicros", 40.0,
                                "bareMicros", 400.0,
                                "djlOptimizerMicros", 550.0));
        assertThat(progress)
                .containsExactly("mlp 64: a step takes 1.25 × the bare loop's, other 8.0 % of it;"
                        + " DJL's update takes 5.50 × ours");
    }

    @Test
    void whatDidNotRunIsAbsent() {
        BenchReport report = report(Map.of(StepArrangement.ALONE, ALONE, StepArrangement.BARE, BARE));
        assertThat(report.rows().get(0)).doesNotContainKeys("djlStepMicros", "djlOptimizerMicros");
        assertThat(progress).containsExactly("mlp 64: a step takes 1.25 × the bare loop's, other 8.0 % of it");
    }

    @Test
    void severalReplicasHaveARowForEachArrangementAndTheirSpeedsAreAddedBlockByBlock() {
        StepTimes slow = times(2000, 600, 800, 300, 200, List.of(10.0, 70.0, 50.0));
        StepTimes fast = times(1000, 300, 400, 100, 100, List.of(80.0, 20.0, 70.0));
        StepTimes inStep = times(1000, 300, 400, 100, 100, List.of(50.0, 60.0, 70.0));
        BenchReport report = report(
                Map.of(
                        StepArrangement.EXCHANGING, slow,
                        StepArrangement.SEPARATE, fast,
                        StepArrangement.IN_STEP, inStep,
                        StepArrangement.ALONE, ALONE,
                        StepArrangement.BARE, BARE),
                Map.of(
                        StepArrangement.EXCHANGING, fast,
                        StepArrangement.SEPARATE, fast,
                        StepArrangement.IN_STEP, inStep));

        assertThat(report.rows()).extracting(row -> row.get("replicas")).containsExactly(2, 2, 1);
        assertThat(report.rows()).extracting(row -> row.get("exchange")).containsExactly(true, false, false);
        // Exchanging: 90, 90, 120 rows per second in the three blocks; separate: 160, 40, 140.
        assertThat(report.rows()).extracting(row -> row.get("samplesPerSecond")).containsExactly(90.0, 140.0, 100.0);
        assertThat(report.rows())
                .extracting(row -> row.get("inStepSamplesPerSecond"))
                .containsExactly(120.0, 120.0, null);
        assertThat(report.rows()).extracting(row -> row.get("stepMicros")).containsExactly(1500.0, 1000.0, 1000.0);
        assertThat(report.rows()).extracting(row -> row.get("reduceMicros")).containsExactly(200.0, 100.0, 20.0);
        assertThat(report.rows()).extracting(row -> row.get("bareMicros")).containsOnly(800.0);
        assertThat(progress)
                .containsExactly("mlp 64: a step takes 1.25 × the bare loop's, other 8.0 % of it;"
                        + " 2 replicas reach 1.40 × one, and keep 64.3 % of that with the exchange,"
                        + " 85.7 % with a bare barrier instead");
        assertThat(report.text()).isEqualTo("""
                model  batch  replicas  exchange  step µs  forward  backward  reduce  optimizer  other  bare  samples/s
                mlp       64         2       yes    1,500      450       600     200        150    100   800         90
                mlp       64         2        no    1,000      300       400     100        100    100   800        140
                mlp       64         1        no    1,000      300       400      20        200     80   800        100
                """);
    }

    /** The quickest steps take half as long. */
    private static StepTimes times(
            double step, double forward, double backward, double reduce, double optimizer, List<Double> rowsPerSecond) {
        return new StepTimes(
                new StepPhases(step, forward, backward, reduce, optimizer, 7, 9),
                new StepPhases(step / 2, forward / 2, backward / 2, reduce / 2, optimizer / 2, 3, 4),
                rowsPerSecond);
    }

    @SafeVarargs
    private BenchReport report(Map<StepArrangement, StepTimes>... ranks) {
        List<StepResult> results = new ArrayList<>();
        for (Map<StepArrangement, StepTimes> times : ranks) {
            results.add(new StepResult("host " + results.size(), times));
        }
        StepRequest request = new StepRequest(
                ranks.length, List.of(StepModel.MLP), List.of(64), "adam", OptimizerOption.parse("adam"), 0);
        return new StepTimingBenchmark(request).run(new TestingRanks(results), progress::add);
    }
}
