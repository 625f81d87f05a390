package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.Network;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs over odd numbers of rows, and rows that can't be learnt from. */
@Timeout(60)
class TrainingEdgesTest {
    private static final OptimizerSpec ADAM = new Adam(0.01, 0.9, 0.999, 1e-8, 0.1);
    private static final OptimizerSpec NESTEROV = new Sgd(0.1, 0.9, true, 0.1);
    private static final ModelSpec MLP = new Mlp(List.of(6), 3, Activation.RELU);

    private static List<Row> clouds;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(60, 8, 21);
    }

    static Stream<OptimizerSpec> optimizers() {
        return Stream.of(ADAM, NESTEROV);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void stepWhoseRowsAllWeighNothingChangesNoWeight(OptimizerSpec optimizer) {
        TrainingSpec spec = spec(MLP, optimizer, true, 1);
        List<HostedShard> shards = TestingRows.shards(clouds, 2, true);
        List<String> hashes = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        try (Network network = spec.network(Device.cpu());
                ReplicaTraining training = training(spec, network, shards)) {
            hashes.add(WeightFile.of(network).sha256());
            training.attach(engines -> engines.trainer().on(Events.ITERATION_COMPLETED, engine -> {
                hashes.add(WeightFile.of(network).sha256());
                weights.add(engine.state().output().weight());
            }));
            training.run();
        }
        assertThat(weights).contains(0.0, 0.25);
        for (int step = 0; step < weights.size(); step++) {
            boolean same = hashes.get(step + 1).equals(hashes.get(step));
            assertThat(same).as("step %d of weight %s", step, weights.get(step)).isEqualTo(weights.get(step) == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void singleTrainingRowIsEnough(int replicas) throws Exception {
        List<Row> single = clouds.subList(0, 1);
        Run run = TestingReplicas.train(spec(MLP, ADAM, false, 8), TestingRows.shards(single, 2, false), replicas);
        assertThat(run.epochs()).hasSize(2).allSatisfy(epoch -> {
            assertThat(epoch.ledger().rows()).isEqualTo(1);
            assertThat(epoch.metrics()).containsOnlyKeys("train.loss", "train.accuracy");
        });
        assertThat(run.metric("train.loss").get(1))
                .isLessThan(run.metric("train.loss").get(0));
    }

    @Test
    void batchesOfOneRowGiveTheSameBitsOnAnyNumberOfReplicas() throws Exception {
        for (ModelSpec model : List.of(MLP, NetworkFacts.BATCH_NORM.spec())) {
            List<HostedShard> shards = TestingRows.shards(clouds, 2, false);
            Run one = TestingReplicas.train(spec(model, NESTEROV, false, 1), shards, 1);
            Run two = TestingReplicas.train(spec(model, NESTEROV, false, 1), shards, 2);
            assertThat(one.sha256()).isEqualTo(two.sha256());
            assertThat(one.replicas().get(0).outcome().iterations()).isEqualTo(2 * 48);
        }
    }

    @Test
    void replicaMayHaveNoValidationRows() throws Exception {
        List<Row> validation = clouds.stream().filter(Row::validation).toList();
        List<HostedShard> shards = TestingRows.shards(
                clouds, 2, false, row -> row.validation() ? 1 : Math.floorMod(clouds.indexOf(row), 2));
        assertThat(shards.get(0).validation().rows()).isZero();
        Run run = TestingReplicas.train(spec(MLP, ADAM, false, 10), shards, 2);
        PlainMlp plain = new PlainMlp(run.replicas().get(0).weights());
        double loss = validation.stream()
                .mapToDouble(row -> plain.loss(row.features(), row.label()))
                .average()
                .orElseThrow();
        assertThat(run.metric("validation.loss").get(1)).isCloseTo(loss, within(1e-6));
    }

    @Test
    void validationChangesNoWeightAndNoStatistic() {
        TrainingSpec spec = spec(NetworkFacts.BATCH_NORM.spec(), NESTEROV, false, 10);
        List<String> hashes = new ArrayList<>();
        try (Network network = spec.network(Device.cpu());
                ReplicaTraining training = training(spec, network, TestingRows.shards(clouds, 2, false))) {
            training.attach(engines -> engines.evaluator()
                    .on(
                            Events.STARTED.or(Events.COMPLETED),
                            engine -> hashes.add(WeightFile.of(network).sha256())));
            training.run();
        }
        assertThat(hashes).hasSize(4);
        assertThat(hashes.get(1)).isEqualTo(hashes.get(0));
        assertThat(hashes.get(3)).isEqualTo(hashes.get(2)).isNotEqualTo(hashes.get(1));
    }

    @Test
    void replicaMayHaveNoShards() throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 2, false);
        Run three = TestingReplicas.train(spec(MLP, ADAM, false, 10), shards, 3);
        assertThat(three.sha256())
                .isEqualTo(TestingReplicas.train(spec(MLP, ADAM, false, 10), shards, 1)
                        .sha256());
        assertThat(three.epochs().get(0).ledger()).isEqualTo(TestingRows.ledger(shards));
    }

    @Test
    void runWithoutValidationRowsHasTrainingMetricsOnly() throws Exception {
        List<HostedShard> shards = TestingRows.shards(
                clouds.stream().filter(row -> !row.validation()).toList(), 2, false);
        Run run = TestingReplicas.train(spec(MLP, ADAM, false, 10), shards, 2);
        assertThat(run.epochs())
                .allSatisfy(epoch -> assertThat(epoch.metrics()).containsOnlyKeys("train.loss", "train.accuracy"));
        assertThat(run.coordination().keys()).containsExactlyInAnyOrder("epoch/1/train", "epoch/2/train");
    }

    @ParameterizedTest
    @ValueSource(longs = {3, -1, Long.MIN_VALUE, 1L << 32})
    void labelThatIsNoClassOfTheModelIsNamedWithItsShard(long label) throws Exception {
        List<Row> rows = new ArrayList<>(clouds);
        rows.set(7, rows.get(7).labelled(label));
        List<HostedShard> shards = TestingRows.shards(rows, 2, false, row -> row.label() == label ? 1 : 0);
        TrainingSpec spec = spec(MLP, ADAM, false, 10);
        try (Network network = spec.network(Device.cpu());
                ReplicaTraining training = training(spec, network, shards)) {
            assertThatThrownBy(training::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot compute crossEntropy: a label of shard 1 is " + label
                            + " (expected a class in [0, 3), as the model has 3 outputs)");
        }
    }

    @Test
    void epochWhoseRowsAllWeighNothingHasNoMetrics() {
        List<Row> weightless = clouds.stream()
                .filter(row -> row.weight() == 0 && !row.validation())
                .limit(3)
                .toList();
        TrainingSpec spec = spec(MLP, ADAM, true, 10);
        try (Network network = spec.network(Device.cpu());
                ReplicaTraining training = training(spec, network, TestingRows.shards(weightless, 1, true))) {
            assertThatThrownBy(training::run)
                    .isInstanceOf(NotComputableException.class)
                    .hasMessage("Cannot compute loss: total weight of 3 rows is 0");
        }
    }

    @Test
    void metricThatRowsHaveNoValueForIsNaNAndTrainingGoesOn() {
        List<Row> weightless = clouds.stream()
                .filter(row -> row.weight() == 0 && !row.validation())
                .limit(3)
                .toList();
        TrainingSpec spec = spec(MLP, ADAM, true, 10, List.of("accuracy", "wrong=1-accuracy"));
        TestingCoordination coordination = new TestingCoordination(1, spec.metricSet());
        try (Network network = spec.network(Device.cpu());
                ReplicaTraining training =
                        training(spec, network, TestingRows.shards(weightless, 1, true), coordination)) {
            assertThat(training.run().epochs()).isEqualTo(2);
        }
        assertThat(coordination.epochs())
                .allSatisfy(epoch -> assertThat(epoch.metrics())
                        .containsExactly(entry("train.accuracy", Double.NaN), entry("train.wrong", Double.NaN)));
    }

    @Test
    void runWithoutTrainingRowsIsRefused() {
        List<Row> validation = clouds.stream().filter(Row::validation).toList();
        List<HostedShard> shards = TestingRows.shards(validation, 2, false);
        assertThat(TestingRows.ledger(shards)).isEqualTo(Ledger.EMPTY);
        TrainingSpec spec = spec(MLP, ADAM, false, 10);
        try (Network network = spec.network(Device.cpu())) {
            assertThatThrownBy(() -> training(spec, network, shards))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Cannot plan batches: there are no rows (0 in 2 shards");
        }
    }

    private static ReplicaTraining training(TrainingSpec spec, Network network, List<HostedShard> shards) {
        return training(spec, network, shards, new TestingCoordination(1, spec.metricSet()));
    }

    private static ReplicaTraining training(
            TrainingSpec spec, Network network, List<HostedShard> shards, Coordination coordination) {
        return new ReplicaTraining(
                spec,
                network,
                shards,
                TestingRows.trainingRows(shards),
                TestingRows.validationRows(shards),
                Communicator.local(),
                coordination,
                CheckpointStore.none());
    }

    private static TrainingSpec spec(ModelSpec model, OptimizerSpec optimizer, boolean weighted, int batchSize) {
        return spec(model, optimizer, weighted, batchSize, List.of("loss", "accuracy"));
    }

    private static TrainingSpec spec(
            ModelSpec model, OptimizerSpec optimizer, boolean weighted, int batchSize, List<String> metrics) {
        return new TrainingSpec(
                TestingRows.layout(clouds, weighted),
                model,
                LossFunction.CROSS_ENTROPY,
                Optimization.of(optimizer),
                metrics,
                2,
                batchSize,
                17,
                CheckpointPolicy.NEVER,
                List.of());
    }
}
