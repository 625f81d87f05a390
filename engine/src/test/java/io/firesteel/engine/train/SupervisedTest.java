package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.data.Rows;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.data.StepBatches;
import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.metric.EpochMetric;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Linear;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.HyperparameterSchedule;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.ParameterGroup;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.optim.Tunable;
import io.firesteel.engine.schedule.MultiStepSchedule;
import io.firesteel.engine.schedule.Pace;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SupervisedTest {
    private static final Optimization SGD = Optimization.of(new Sgd(0.5, 0.9, false, 0));
    private static final ModelSpec MLP = new Mlp(List.of(8), 2, Activation.TANH);
    private static final long SEED = 3;

    @Test
    void trainerLearns() {
        Rows rows = halves(200);
        try (Supervised model = classifier(rows)) {
            Engine<StepBatch, StepOutput> trainer = model.trainer(SGD, "accuracy", "loss");

            Map<String, Double> metrics =
                    trainer.run(rows.shuffled(16, SEED), RunLimit.epochs(20)).metrics();

            assertThat(metrics.get("accuracy")).isGreaterThan(0.95);
            assertThat(trainer.state().output().loss()).isLessThan(0.3);
        }
    }

    @Test
    void trainingHasTheBitsOfAJobOfOneReplica() {
        Rows rows = halves(50);
        String job = new Job(rows).train(4);
        try (Supervised model = classifier(rows)) {
            model.trainer(SGD).run(rows.shuffled(16, SEED), RunLimit.epochs(4));

            assertThat(WeightFile.of(model.network()).sha256()).isEqualTo(job);
        }
    }

    @Test
    void evaluatorMeasuresAllRowsAndLearnsNothing() {
        // Without weights both logits are 0: the loss is ln 2, and class 0 is predicted, which three of five rows have.
        Rows rows = Rows.of(new float[][] {{1}, {2}, {3}, {4}, {5}}, new long[] {0, 1, 0, 0, 1});
        try (Supervised model = Supervised.create(rows.layout(), new Linear(2), LossFunction.CROSS_ENTROPY, 1)) {
            zero(model.network());
            Engine<StepBatch, Void> evaluator = model.evaluator("loss", "accuracy");

            for (int run = 0; run < 2; run++) {
                Map<String, Double> metrics =
                        evaluator.run(rows.inOrder(2), RunLimit.epochs(1)).metrics();

                assertThat(metrics).containsOnlyKeys("loss", "accuracy");
                assertThat(metrics.get("loss")).isCloseTo(Math.log(2), within(1e-6));
                assertThat(metrics.get("accuracy")).isEqualTo(0.6);
            }
            assertThat(WeightFile.of(model.network()).tensors())
                    .allSatisfy(tensor -> assertThat(tensor.floats())
                            .isEqualTo(FloatBuffer.allocate(tensor.floats().capacity())));
        }
    }

    @Test
    void evaluatorTakesMetricsOfAProgram() {
        // As above; of the rows of class 0 all are right.
        Rows rows = Rows.of(new float[][] {{1}, {2}, {3}, {4}, {5}}, new long[] {0, 1, 0, 0, 1});
        try (Supervised model = Supervised.create(rows.layout(), new Linear(2), LossFunction.CROSS_ENTROPY, 1)) {
            zero(model.network());
            Map<String, Metric<?>> own = Map.of(
                    "labels",
                    EpochMetric.of("labels", (predictions, labels) -> labels[1] + 10 * labels[4]),
                    "ofClass0",
                    Metrics.of("accuracy").filtered("ofClass0", (batch, row) -> batch.classLabel(row) == 0));
            Engine<StepBatch, Void> evaluator =
                    model.evaluator(MetricSet.of(own, List.of("labels", "ofClass0", "accuracy")));

            Map<String, Double> metrics =
                    evaluator.run(rows.inOrder(2), RunLimit.epochs(1)).metrics();

            assertThat(metrics).isEqualTo(Map.of("labels", 11.0, "ofClass0", 1.0, "accuracy", 0.6));
        }
    }

    @Test
    void oneStepIsThatOfGradientDescent() {
        // y = w x + b from w = b = 0; the mean of (y - t)² over t = 2 at x = 1, t = 4 at x = 3 has the gradient -14,
        // -6.
        Rows rows = Rows.of(new float[][] {{1}, {3}}, new float[][] {{2}, {4}});
        try (Supervised model = Supervised.create(rows.layout(), new Linear(1), LossFunction.MSE, 1)) {
            zero(model.network());
            Engine<StepBatch, StepOutput> trainer = model.trainer(Optimization.of(new Sgd(0.1, 0, false, 0)));

            trainer.run(rows.inOrder(2), RunLimit.epochs(1));

            assertThat(trainer.state().output().loss()).isEqualTo(10);
            assertThat(values(model.network())).containsExactlyInAnyOrder(1.4f, 0.6f);
        }
    }

    @Test
    void evaluatorRunsInsideTheTrainersHandler() {
        Rows.Split rows = halves(200).split(0.25);
        try (Supervised model = classifier(rows.training())) {
            Engine<StepBatch, StepOutput> trainer = model.trainer(Optimization.of(new Sgd(0.1, 0, false, 0)));
            Engine<StepBatch, Void> evaluator = model.evaluator("loss");
            BatchSource<StepBatch> validation = rows.validation().inOrder(64);
            List<Double> losses = new ArrayList<>();
            trainer.on(
                    Events.EPOCH_COMPLETED,
                    engine -> losses.add(evaluator
                            .run(validation, RunLimit.epochs(1))
                            .metrics()
                            .get("loss")));

            trainer.run(rows.training().shuffled(16, SEED), RunLimit.epochs(10));

            assertThat(losses).hasSize(10);
            assertThat(losses.get(9)).isLessThan(losses.get(0));
        }
    }

    @Test
    void metricsAreThoseOfTheLastEpochAlone() {
        Rows rows = halves(30);
        try (Supervised model = classifier(rows)) {
            Engine<StepBatch, StepOutput> trainer = model.trainer(SGD, "loss");
            List<Double> losses = new ArrayList<>();
            double[] sum = new double[1];
            trainer.on(Events.EPOCH_STARTED, engine -> sum[0] = 0);
            trainer.on(
                    Events.ITERATION_COMPLETED,
                    engine -> sum[0] += engine.state().output().loss()
                            * engine.state().output().weight());
            trainer.on(
                    Events.EPOCH_COMPLETED,
                    engine -> losses.add(sum[0] / 30 - engine.state().metrics().get("loss")));

            trainer.run(rows.shuffled(8, SEED), RunLimit.epochs(3));

            assertThat(losses)
                    .hasSize(3)
                    .allSatisfy(difference -> assertThat(difference).isCloseTo(0, within(1e-6)));
        }
    }

    @Test
    void scheduledLearningRateIsApplied() {
        Rows rows = Rows.of(new float[][] {{1}, {3}}, new float[][] {{2}, {4}});
        HyperparameterSchedule falling = HyperparameterSchedule.of(
                Tunable.LEARNING_RATE, Pace.ITERATION, new MultiStepSchedule(0.1, 1e-30, List.of(1.0)));
        Optimization optimization =
                new Optimization(new Sgd(0.1, 0, false, 0), List.of(), Clipping.none(), List.of(falling), false);
        try (Supervised model = Supervised.create(rows.layout(), new Linear(1), LossFunction.MSE, 1)) {
            zero(model.network());

            model.trainer(optimization).run(rows.inOrder(2), RunLimit.epochs(3));

            assertThat(values(model.network())).containsExactlyInAnyOrder(1.4f, 0.6f);
        }
    }

    @Test
    void runThatGoesOnInAnotherProgramHasTheBitsOfOneThatWasNotStopped() {
        Rows rows = halves(50);
        String whole;
        try (Supervised model = classifier(rows)) {
            model.trainer(SGD).run(rows.shuffled(16, SEED), RunLimit.epochs(4));
            whole = WeightFile.of(model.network()).sha256();
        }
        byte[] position;
        Map<String, StateDict> states;
        try (Supervised model = classifier(rows)) {
            Engine<StepBatch, StepOutput> trainer = model.trainer(SGD);
            trainer.on(Events.ITERATION_COMPLETED.once(6), engine -> engine.terminate("inside an epoch"));
            trainer.run(rows.shuffled(16, SEED), RunLimit.epochs(4));
            position = trainer.stateDict().toBytes();
            states = trainer.handlerStates();
        }
        try (Supervised model = Supervised.create(rows.layout(), MLP, LossFunction.CROSS_ENTROPY, SEED + 1)) {
            Engine<StepBatch, StepOutput> trainer = model.trainer(SGD);
            trainer.loadStateDict(StateDict.fromBytes(position));
            trainer.restoreHandlers(states);
            trainer.run(rows.shuffled(16, SEED), RunLimit.epochs(4));

            assertThat(WeightFile.of(model.network()).sha256()).isEqualTo(whole);
        }
    }

    @Test
    void weightsOfAnotherNetworkAreNotRestored() {
        Rows rows = halves(4);
        try (Supervised small = Supervised.create(rows.layout(), new Linear(2), LossFunction.CROSS_ENTROPY, 1);
                Supervised large = classifier(rows)) {
            Map<String, StateDict> states = small.trainer(SGD).handlerStates();

            assertThatThrownBy(() -> large.trainer(SGD).restoreHandlers(states))
                    .hasMessage("Cannot restore handler learnt of engine trainer: Cannot restore weights: "
                            + small.network().layout().floats() + " were saved (expected "
                            + large.network().layout().floats() + ", as the network has)");
        }
    }

    @Test
    void lossThatDoesNotFitIsRefused() {
        Rows classes = halves(4);
        Rows targets = Rows.of(new float[][] {{1}}, new float[][] {{2}});

        assertThatThrownBy(() -> Supervised.create(classes.layout(), MLP, LossFunction.MSE, 1))
                .hasMessage("Cannot compute mse: labels are int64 (expected float32)");
        assertThatThrownBy(() -> Supervised.create(targets.layout(), MLP, LossFunction.MSE, 1))
                .hasMessage("Cannot compute mse: the model has 2 outputs, the label has 1 columns"
                        + " (expected the same number)");
    }

    @Test
    void rowsOfAnotherLayoutAreRefused() {
        Rows rows = halves(4);
        Rows other = Rows.of(new float[][] {{1, 2, 3}}, new long[] {0});
        try (Supervised model = classifier(rows)) {
            assertThatThrownBy(() -> model.trainer(SGD).run(other.inOrder(1), RunLimit.epochs(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot take a step: rows are " + other.layout() + " (expected " + rows.layout()
                            + ", for which the network was built)");
        }
    }

    @Test
    void severalShardsAreRefused() {
        Rows rows = halves(4);
        try (Supervised model = classifier(rows);
                StepBatches shards = StepBatches.evaluation(List.of(rows.store(), rows.store()), List.of(0, 1), 4)) {
            assertThatThrownBy(() -> model.evaluator("loss").run(shards, RunLimit.epochs(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot take a step: it has batches of shards [1] (expected one of shard 0,"
                            + " as Rows gives)");
        }
    }

    @Test
    void namesThatDoNotExistAreRefused() {
        Optimization groups = new Optimization(
                new Sgd(0.1, 0, false, 0), List.of(new ParameterGroup("nothing.*", 0.1, 0)), Clipping.none(), false);
        try (Supervised model = classifier(halves(4))) {
            assertThatThrownBy(() -> model.evaluator("acuracy"))
                    .hasMessageStartingWith("Invalid metric: acuracy (must be one of [");
            assertThatThrownBy(() -> model.trainer(SGD, "acuracy"))
                    .hasMessageStartingWith("Invalid metric: acuracy (must be one of [");
            assertThatThrownBy(() -> model.trainer(groups)).hasMessageContaining("nothing.*");
        }
    }

    static Supervised classifier(Rows rows) {
        return Supervised.create(rows.layout(), MLP, LossFunction.CROSS_ENTROPY, SEED);
    }

    /** Points in the square from -1 to 1, which a line divides into two classes. */
    static Rows halves(int count) {
        Random random = new Random(5);
        float[][] features = new float[count][2];
        long[] classes = new long[count];
        for (int row = 0; row < count; row++) {
            features[row][0] = random.nextFloat() * 2 - 1;
            features[row][1] = random.nextFloat() * 2 - 1;
            classes[row] = features[row][0] + features[row][1] > 0 ? 1 : 0;
        }
        return Rows.of(features, classes);
    }

    private static void zero(Network network) {
        network.weights().put(0, new float[network.layout().floats()]);
        network.publishWeights();
    }

    static List<Float> values(Network network) {
        List<Float> values = new ArrayList<>();
        WeightFile.of(network).tensors().forEach(tensor -> {
            FloatBuffer floats = tensor.floats();
            while (floats.hasRemaining()) {
                values.add(floats.get());
            }
        });
        return values;
    }

    /** The same training through the whole path of a job. */
    private record Job(Rows rows) {
        String train(int epochs) {
            TrainingSpec spec = new TrainingSpec(
                    rows.layout(),
                    MLP,
                    LossFunction.CROSS_ENTROPY,
                    SGD,
                    List.of(),
                    epochs,
                    16,
                    SEED,
                    CheckpointPolicy.NEVER,
                    List.of());
            HostedShard shard = new HostedShard(0, rows.store(), rows.store());
            try (Network network = spec.network(Device.cpu());
                    ReplicaTraining training = new ReplicaTraining(
                            spec,
                            network,
                            List.of(shard),
                            new long[] {rows.rows()},
                            0,
                            Communicator.local(),
                            new Alone(StateMerger.of(MetricSet.of())),
                            CheckpointStore.none())) {
                return training.run().weightsSha256();
            }
        }
    }

    private record Alone(StateMerger merger) implements Coordination {
        @Override
        public Map<String, byte[]> merge(String key, List<ShardStates> local) {
            return merger.merge(local);
        }

        @Override
        public void progress(Progress progress) {
            // Nobody listens.
        }

        @Override
        public void epochCompleted(EpochRecord record) {
            // Nobody listens.
        }

        @Override
        public void found(Finding finding) {
            throw new AssertionError(finding);
        }

        @Override
        public void checkpointCommitted(CheckpointRecord record) {
            throw new AssertionError("no checkpoint is due");
        }
    }
}
