package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.checkpoint.InMemoryCheckpointStore;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.HyperparameterSchedule;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.ParameterGroup;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.optim.Tunable;
import io.firesteel.engine.schedule.ConstantSchedule;
import io.firesteel.engine.schedule.CosineSchedule;
import io.firesteel.engine.schedule.LinearSchedule;
import io.firesteel.engine.schedule.Pace;
import io.firesteel.engine.schedule.Schedule;
import io.firesteel.engine.schedule.StepSchedule;
import io.firesteel.engine.train.TestingReplicas.Checkpoints;
import io.firesteel.engine.train.TestingReplicas.Ended;
import io.firesteel.engine.train.TestingReplicas.Run;
import io.firesteel.engine.train.TestingReplicas.Trained;
import io.firesteel.engine.train.TestingRows.Row;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Schedules of a job set what the steps use, on every replica alike, and go on after a restart. */
@Timeout(180)
class ScheduledTrainingTest {
    private static final Mlp MODEL = new Mlp(List.of(96, 64), 3, Activation.RELU);
    private static final OptimizerSpec ADAM = new Adam(0.004, 0.9, 0.999, 1e-8, 0);
    private static final int EPOCHS = 3;
    private static final int BATCH = 40;

    /** 320 training rows: the power of two makes shares of epochs exact. */
    private static final int STEPS_PER_EPOCH = 8;

    private static final Optimization SCHEDULED = new Optimization(
            ADAM,
            List.of(new ParameterGroup("*.bias", 0.008, 0.1)),
            Clipping.byNorm(1),
            List.of(
                    rate(Pace.ITERATION, new CosineSchedule(0.004, 0, 20).after(0, 4)),
                    HyperparameterSchedule.of(Tunable.BETA1, Pace.EPOCH, new LinearSchedule(0.8, 0.95, 2)),
                    new HyperparameterSchedule(
                            Tunable.WEIGHT_DECAY, "*.bias", Pace.FRACTIONAL_EPOCH, new LinearSchedule(0.1, 0, 2.5))),
            false);

    private static List<Row> clouds;
    private static List<HostedShard> shards;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(400, 8, 21);
        shards = TestingRows.shards(clouds, 4, false);
    }

    static Stream<Arguments> synchronizations() {
        return Stream.of(
                Arguments.of("gradients", WirePrecision.FLOAT32, false),
                Arguments.of("gradients, sharded optimizer", WirePrecision.FLOAT32, true),
                Arguments.of("local steps", new LocalSgd(3, OuterOptimizer.MEAN), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("synchronizations")
    void bitsDependOnTheShardsAlone(String name, Synchronization synchronization, boolean sharded) throws Exception {
        TrainingSpec spec = spec(SCHEDULED, synchronization, sharded, CheckpointPolicy.NEVER);
        String one = TestingReplicas.train(spec, shards, 1).sha256();
        assertThat(TestingReplicas.train(spec, shards, 2).sha256()).isEqualTo(one);
        assertThat(TestingReplicas.train(spec, shards, 4).sha256()).isEqualTo(one);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("synchronizations")
    void resumedRunEndsWithTheBitsOfAnUnbrokenOne(String name, Synchronization synchronization, boolean sharded)
            throws Exception {
        TrainingSpec spec = spec(SCHEDULED, synchronization, sharded, new CheckpointPolicy(5, 100));
        TestingCoordination unbroken = coordination(spec, 2);
        String expected = sha256(train(spec, 2, unbroken, -1, new InMemoryCheckpointStore(), null));
        for (int last : new int[] {7, 13, 18}) {
            InMemoryCheckpointStore store = new InMemoryCheckpointStore();
            TestingCoordination broken = coordination(spec, 2);
            train(spec, 2, broken, last, store, null);
            String location =
                    broken.committed().get(broken.committed().size() - 1).location();
            for (int replicas : new int[] {1, 2}) {
                TestingCoordination resumed = coordination(spec, replicas);
                assertThat(sha256(train(spec, replicas, resumed, -1, store, location)))
                        .as("%d replicas, broken at %d", replicas, last)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void constantScheduleIsTheValueItself() throws Exception {
        for (Synchronization synchronization : List.of(WirePrecision.FLOAT32, new LocalSgd(2, OuterOptimizer.MEAN))) {
            String given = sha256(Optimization.of(new Sgd(0.05, 0.8, false, 0.01)), synchronization);
            Optimization scheduled = scheduled(
                    new Sgd(0.3, 0.5, false, 0.2),
                    rate(Pace.ITERATION, new ConstantSchedule(0.05)),
                    HyperparameterSchedule.of(Tunable.MOMENTUM, Pace.EPOCH, new ConstantSchedule(0.8)),
                    HyperparameterSchedule.of(Tunable.WEIGHT_DECAY, Pace.ITERATION, new ConstantSchedule(0.01)));
            assertThat(sha256(scheduled, synchronization)).isEqualTo(given);
        }
    }

    @Test
    void stepsCountIterationsOrEpochs() throws Exception {
        String byIteration = sha256(rate(Pace.ITERATION, new StepSchedule(0.004, 0.5, STEPS_PER_EPOCH)));
        String byEpoch = sha256(rate(Pace.EPOCH, new StepSchedule(0.004, 0.5, 1)));
        assertThat(byEpoch).isEqualTo(byIteration);
        String line = sha256(rate(Pace.ITERATION, new LinearSchedule(0.004, 0, 4 * STEPS_PER_EPOCH)));
        assertThat(sha256(rate(Pace.FRACTIONAL_EPOCH, new LinearSchedule(0.004, 0, 4))))
                .isEqualTo(line);
        assertThat(line).isNotEqualTo(byIteration);
    }

    @Test
    void rateOfZeroTeachesNothing() throws Exception {
        Run run = TestingReplicas.train(
                spec(
                        scheduled(ADAM, rate(Pace.ITERATION, new ConstantSchedule(0))),
                        WirePrecision.FLOAT32,
                        false,
                        CheckpointPolicy.NEVER),
                shards,
                1);
        List<Double> losses = run.metric("validation.loss");
        assertThat(losses).hasSize(EPOCHS).containsOnly(losses.get(0));
    }

    private static String sha256(HyperparameterSchedule schedule) throws Exception {
        return sha256(scheduled(ADAM, schedule), WirePrecision.FLOAT32);
    }

    private static String sha256(Optimization optimization, Synchronization synchronization) throws Exception {
        return TestingReplicas.train(spec(optimization, synchronization, false, CheckpointPolicy.NEVER), shards, 1)
                .sha256();
    }

    private static TestingCoordination coordination(TrainingSpec spec, int replicas) {
        return new TestingCoordination(replicas, spec.metricSet(), checkpoint -> {});
    }

    /** Trains; on all replicas an error follows an iteration, unless that is never reached. */
    private static List<Ended<Trained>> train(
            TrainingSpec spec,
            int replicas,
            TestingCoordination coordination,
            long failure,
            InMemoryCheckpointStore store,
            String location)
            throws Exception {
        TrainingSetup setup = engines -> engines.trainer().on(Events.ITERATION_STARTED, 0, "failure", engine -> {
            if (engine.state().iteration() == failure) {
                throw new IllegalStateException("a failure of the test");
            }
        });
        return TestingReplicas.tryToTrain(
                spec, shards, replicas, setup, coordination, new Checkpoints(store, location));
    }

    private static String sha256(List<Ended<Trained>> ended) {
        assertThat(ended).extracting(Ended::failure).containsOnlyNulls();
        return ended.get(0).value().outcome().weightsSha256();
    }

    private static HyperparameterSchedule rate(Pace pace, Schedule schedule) {
        return HyperparameterSchedule.of(Tunable.LEARNING_RATE, pace, schedule);
    }

    private static Optimization scheduled(OptimizerSpec optimizer, HyperparameterSchedule... schedules) {
        return new Optimization(optimizer, List.of(), Clipping.none(), List.of(schedules), false);
    }

    private static TrainingSpec spec(
            Optimization optimization, Synchronization synchronization, boolean sharded, CheckpointPolicy checkpoints) {
        Optimization arranged = new Optimization(
                optimization.optimizer(),
                optimization.groups(),
                optimization.clipping(),
                optimization.schedules(),
                sharded);
        return new TrainingSpec(
                TestingRows.layout(clouds, false),
                MODEL,
                LossFunction.CROSS_ENTROPY,
                arranged,
                synchronization,
                List.of("loss"),
                EPOCHS,
                BATCH,
                17,
                checkpoints,
                List.of());
    }
}
