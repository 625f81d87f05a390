package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.NetworkFacts;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.train.TestingReplicas.Run;
import io.firesteel.engine.train.TestingRows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guarantees of a run, over replicas that talk over loopback as those of a cluster do. */
@Timeout(180)
class ReplicaTrainingTest {
    private static final OptimizerSpec ADAM = new Adam(0.003, 0.9, 0.999, 1e-8, 0);
    private static final OptimizerSpec MOMENTUM = new Sgd(0.1, 0.9, false, 0);
    private static final ModelSpec MLP = new Mlp(List.of(16, 8), 3, Activation.RELU);
    private static final ModelSpec MLP_OF_DIGITS = new Mlp(List.of(32, 16), 10, Activation.RELU);
    private static final ModelSpec NORMED = NetworkFacts.BATCH_NORM.spec();

    private static List<Row> digits;
    private static List<Row> clouds;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        digits = TestingRows.digits();
        clouds = TestingRows.clouds(400, 8, 21);
    }

    static Stream<OptimizerSpec> optimizers() {
        return Stream.of(MOMENTUM, ADAM);
    }

    static Stream<Arguments> reproducibleJobs() {
        return Stream.of(
                Arguments.of("plain", MLP, false),
                Arguments.of("weighted rows", MLP, true),
                Arguments.of("BatchNorm", NORMED, false),
                Arguments.of("BatchNorm and weighted rows", NORMED, true));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void lossOfFullBatchesDoesNotDependOnTheNumberOfShards(OptimizerSpec optimizer) throws Exception {
        ModelSpec model = new Mlp(List.of(128, 64), 10, Activation.RELU);
        TrainingSpec spec = spec(digits, model, optimizer, 20, digits.size(), false);
        List<Double> one = trainingLoss(spec, digits, 1);
        assertThat(one).hasSize(20);
        assertThat(one.get(19)).isLessThan(0.9 * one.get(0));
        for (int shards : new int[] {2, 4}) {
            List<Double> several = trainingLoss(spec, digits, shards);
            for (int epoch = 0; epoch < one.size(); epoch++) {
                assertThat(several.get(epoch))
                        .as("%d shards, epoch %d", shards, epoch + 1)
                        .isCloseTo(one.get(epoch), within(1e-4 * one.get(epoch)));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reproducibleJobs")
    void anyNumberOfReplicasGivesTheSameBits(String name, ModelSpec model, boolean weighted) throws Exception {
        TrainingSpec spec = spec(clouds, model, MOMENTUM, 3, 24, weighted);
        List<HostedShard> shards = TestingRows.shards(clouds, 4, weighted, ReplicaTrainingTest::unevenly);
        assertThat(TestingRows.trainingRows(shards)).containsExactly(148, 25, 146, 1);
        Run one = TestingReplicas.train(spec, shards, 1);
        assertThat(one.metric("train.loss")).hasSize(3).allMatch(Double::isFinite);
        for (int replicas : new int[] {1, 2, 4}) {
            Run run = TestingReplicas.train(spec, shards, replicas);
            assertThat(run.replicas()).hasSize(replicas).allSatisfy(replica -> {
                assertThat(replica.outcome().weightsSha256()).isEqualTo(one.sha256());
                assertThat(replica.weights()).isEqualTo(one.replicas().get(0).weights());
            });
            assertSameMetrics(run, one);
        }
    }

    @Test
    void anotherSeedGivesOtherWeights() throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 2, false);
        TrainingSpec spec = spec(clouds, MLP, ADAM, 1, 32, false);
        TrainingSpec reseeded = new TrainingSpec(
                spec.layout(),
                MLP,
                spec.loss(),
                Optimization.of(ADAM),
                spec.metrics(),
                1,
                32,
                spec.seed() + 1,
                CheckpointPolicy.NEVER,
                List.of());
        assertThat(TestingReplicas.train(reseeded, shards, 2).sha256())
                .isNotEqualTo(TestingReplicas.train(spec, shards, 2).sha256());
    }

    @Test
    void everyEpochUsesEveryTrainingRowOnce() throws Exception {
        List<HostedShard> shards = TestingRows.shards(digits, 3, false);
        Run run = TestingReplicas.train(spec(digits, MLP_OF_DIGITS, ADAM, 4, 100, false), shards, 2);
        Ledger ledger = TestingRows.ledger(shards);
        assertThat(ledger.rows())
                .isEqualTo(digits.stream().filter(row -> !row.validation()).count())
                .isEqualTo(1438);
        assertThat(run.epochs())
                .hasSize(4)
                .allSatisfy(epoch -> assertThat(epoch.ledger()).isEqualTo(ledger));
    }

    @Test
    void historyCountsEpochsIterationsAndSamples() throws Exception {
        List<HostedShard> shards = TestingRows.shards(digits, 3, false);
        Run run = TestingReplicas.train(spec(digits, MLP_OF_DIGITS, ADAM, 2, 100, false), shards, 2);
        assertThat(run.epochs()).extracting(EpochRecord::epoch).containsExactly(1, 2);
        assertThat(run.epochs()).extracting(EpochRecord::iteration).containsExactly(15L, 30L);
        assertThat(run.epochs()).allSatisfy(epoch -> {
            assertThat(epoch.seconds()).isPositive();
            assertThat(epoch.metrics())
                    .containsOnlyKeys("train.loss", "train.accuracy", "validation.loss", "validation.accuracy");
        });
        assertThat(run.coordination().keys())
                .containsExactlyInAnyOrder(
                        "epoch/1/train", "epoch/1/validation", "epoch/2/train", "epoch/2/validation");
        for (TestingReplicas.Trained replica : run.replicas()) {
            ReplicaOutcome outcome = replica.outcome();
            assertThat(outcome.epochs()).isEqualTo(2);
            assertThat(outcome.iterations()).isEqualTo(30);
            assertThat(outcome.samples()).isEqualTo(2 * 1438);
            assertThat(outcome.stopReason()).isEmpty();
            assertThat(outcome.samplesPerSecond()).isPositive();
            assertThat(outcome.eventCounts()).containsEntry("ITERATION_COMPLETED", 30L);
            assertThat(outcome.phaseSeconds().values()).allMatch(seconds -> seconds >= 0);
            assertThat(outcome.phaseSeconds().get("forward")).isPositive();
        }
    }

    @Test
    void progressEndsEachEpochAtItsLastIteration() throws Exception {
        List<HostedShard> shards = TestingRows.shards(digits, 3, false);
        Run run = TestingReplicas.train(spec(digits, MLP_OF_DIGITS, ADAM, 2, 100, false), shards, 2);
        List<Coordination.Progress> progress = run.coordination().progress();
        assertThat(progress).allSatisfy(now -> {
            assertThat(now.iterations()).isEqualTo(15);
            assertThat(now.loss()).isPositive();
            assertThat(now.rowsPerSecond()).isPositive();
            assertThat(now.secondsPerIteration()).isPositive();
        });
        assertThat(progress)
                .filteredOn(now -> now.iteration() == 15)
                .extracting(Coordination.Progress::epoch)
                .containsExactly(1L, 2L);
    }

    @ParameterizedTest(name = "weighted: {0}")
    @ValueSource(booleans = {false, true})
    void validationMetricsAreThoseOfTheExportedWeightsInPlainJava(boolean weighted) throws Exception {
        List<HostedShard> shards = TestingRows.shards(digits, 3, weighted);
        Run run = TestingReplicas.train(spec(digits, MLP_OF_DIGITS, ADAM, 10, 64, weighted), shards, 3);
        PlainMlp plain = new PlainMlp(run.replicas().get(0).weights());
        double loss = 0;
        double right = 0;
        double total = 0;
        for (Row row : digits) {
            if (row.validation()) {
                double weight = weighted ? row.weight() : 1;
                loss += weight * plain.loss(row.features(), row.label());
                right += plain.predicted(row.features()) == row.label() ? weight : 0;
                total += weight;
            }
        }
        Map<String, Double> metrics = run.epochs().get(9).metrics();
        assertThat(metrics.get("validation.loss")).isCloseTo(loss / total, within(1e-6));
        assertThat(metrics.get("validation.accuracy")).isCloseTo(right / total, within(1e-6));
        assertThat(right / total).isGreaterThan(0.8);
    }

    private static List<Double> trainingLoss(TrainingSpec spec, List<Row> rows, int shards) throws Exception {
        return TestingReplicas.train(spec, TestingRows.shards(rows, shards, false), shards)
                .metric("train.loss");
    }

    private static void assertSameMetrics(Run run, Run expected) {
        List<Map<String, Double>> actual = new ArrayList<>();
        run.epochs().forEach(epoch -> actual.add(epoch.metrics()));
        // Doubles are equal if their bits are.
        assertThat(actual)
                .isEqualTo(expected.epochs().stream().map(EpochRecord::metrics).toList());
    }

    /** Two large shards, a small one, and one with a single training row. */
    private static int unevenly(Row row) {
        int number = clouds.indexOf(row);
        return number == 101 ? 3 : number % 13 == 5 ? 1 : number % 2 * 2;
    }

    private static TrainingSpec spec(
            List<Row> rows, ModelSpec model, OptimizerSpec optimizer, int epochs, int batchSize, boolean weighted) {
        return new TrainingSpec(
                TestingRows.layout(rows, weighted),
                model,
                LossFunction.CROSS_ENTROPY,
                Optimization.of(optimizer),
                List.of("loss", "accuracy"),
                epochs,
                batchSize,
                17,
                CheckpointPolicy.NEVER,
                List.of());
    }
}
