package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.checkpoint.CheckpointException;
import io.firesteel.engine.checkpoint.InMemoryCheckpointStore;
import io.firesteel.engine.checkpoint.InMemoryCheckpointStore.Action;
import io.firesteel.engine.comm.CommunicationException;
import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.NetworkFacts;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.train.TestingCoordination.Committed;
import io.firesteel.engine.train.TestingReplicas.Checkpoints;
import io.firesteel.engine.train.TestingReplicas.Ended;
import io.firesteel.engine.train.TestingReplicas.Run;
import io.firesteel.engine.train.TestingReplicas.Trained;
import io.firesteel.engine.train.TestingRows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that goes on from a checkpoint ends as if it had never stopped, bit for bit, with any number of replicas. */
@Timeout(180)
class CheckpointResumeTest {
    private static final OptimizerSpec ADAM = new Adam(0.003, 0.9, 0.999, 1e-8, 0);
    private static final OptimizerSpec MOMENTUM = new Sgd(0.1, 0.9, false, 0);
    private static final ModelSpec MLP = new Mlp(List.of(16, 8), 3, Activation.RELU);
    private static final ModelSpec NORMED = NetworkFacts.BATCH_NORM.spec();

    private static final int EPOCHS = 3;
    private static final int EVERY = 5;
    private static final int ITERATIONS = 10;
    private static final int BATCH = 33;
    private static final int TRAINING_ROWS = 320;
    private static final CheckpointPolicy KEEP_ALL = new CheckpointPolicy(EVERY, 100);

    private static List<Row> clouds;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(400, 8, 21);
    }

    /** A record without its time. */
    private record Epoch(int epoch, long iteration, Map<String, Double> metrics, Ledger ledger) {
        static Epoch of(EpochRecord epoch) {
            return new Epoch(epoch.epoch(), epoch.iteration(), epoch.metrics(), epoch.ledger());
        }
    }

    static Stream<Arguments> jobs() {
        return Stream.of(
                Arguments.of("momentum", MLP, MOMENTUM, false),
                Arguments.of("Adam", MLP, ADAM, false),
                Arguments.of("BatchNorm", NORMED, MOMENTUM, false),
                Arguments.of("BatchNorm, Adam and weighted rows", NORMED, ADAM, true));
    }

    /** Breaks before any checkpoint, in the middle of epochs, before and after a checkpoint at an epoch's end, at the end. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jobs")
    void resumedRunEndsWithTheBitsOfAnUnbrokenOne(
            String name, ModelSpec model, OptimizerSpec optimizer, boolean weighted) throws Exception {
        TrainingSpec spec = spec(model, optimizer, weighted, KEEP_ALL);
        List<HostedShard> shards = TestingRows.shards(clouds, 4, weighted);
        Run unbroken = train(spec, shards, 2, new Checkpoints(new InMemoryCheckpointStore(), null));
        assertUnbroken(unbroken);
        for (int last : new int[] {3, 7, 10, 11, 18, 30}) {
            InMemoryCheckpointStore store = new InMemoryCheckpointStore();
            boolean both = last % 2 == 0;
            TestingCoordination broken = breakAt(spec, shards, last, rank -> both || rank == 1, store);
            int saved = (last - 1) / EVERY * EVERY;
            assertThat(broken.committed()).extracting(Committed::iteration).containsExactlyElementsOf(multiples(saved));
            for (int replicas : new int[] {2, 1, 4}) {
                Run resumed = train(spec, shards, replicas, new Checkpoints(store, location(broken)));
                assertContinues(resumed, unbroken, saved);
            }
        }
    }

    @Test
    void checkpointsDoNotChangeARun() throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 4, false);
        Run saving = train(
                spec(MLP, ADAM, false, KEEP_ALL), shards, 2, new Checkpoints(new InMemoryCheckpointStore(), null));
        Run plain = TestingReplicas.train(spec(MLP, ADAM, false, CheckpointPolicy.NEVER), shards, 2);
        assertThat(saving.sha256()).isEqualTo(plain.sha256());
        assertThat(epochs(saving)).isEqualTo(epochs(plain));
    }

    @Test
    void runCanBeBrokenAndResumedAgainAndAgain() throws Exception {
        TrainingSpec spec = spec(NORMED, ADAM, false, new CheckpointPolicy(1, 1));
        List<HostedShard> shards = TestingRows.shards(clouds, 4, false);
        Run unbroken = train(spec, shards, 2, new Checkpoints(new InMemoryCheckpointStore(), null));
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        String location = null;
        for (int last = 4; last < EPOCHS * ITERATIONS; last += 4) {
            TestingCoordination broken = coordination(spec, 2, store);
            tryToTrain(spec, shards, 2, failAt(last, rank -> true), broken, new Checkpoints(store, location));
            location = location(broken);
            assertThat(location).isEqualTo("memory:/checkpoint-%010d.safetensors", last - 1);
        }
        assertContinues(train(spec, shards, 4, new Checkpoints(store, location)), unbroken, 27);
    }

    @Test
    void finishedRunThatIsResumedReportsItsLastEpochAgain() throws Exception {
        TrainingSpec spec = spec(NORMED, ADAM, false, KEEP_ALL);
        List<HostedShard> shards = TestingRows.shards(clouds, 4, false);
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        Run finished = train(spec, shards, 2, new Checkpoints(store, null));
        String location = location(finished.coordination());
        for (int replicas : new int[] {1, 2}) {
            Run again = train(spec, shards, replicas, new Checkpoints(store, location));
            assertContinues(again, finished, EPOCHS * ITERATIONS);
            assertThat(again.coordination().committed()).isEmpty();
            assertThat(again.replicas().get(0).outcome().samplesPerSecond()).isZero();
        }
    }

    @Test
    void progressOfAResumedEpochCountsWhatRanHere() throws Exception {
        TrainingSpec spec = spec(MLP, MOMENTUM, false, KEEP_ALL);
        List<HostedShard> shards = TestingRows.shards(clouds, 4, false);
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        TestingCoordination broken = breakAt(spec, shards, 16, rank -> true, store);
        Run resumed = train(spec, shards, 2, new Checkpoints(store, location(broken)));
        assertThat(resumed.coordination().progress())
                .isNotEmpty()
                .allSatisfy(now -> assertThat(now.rowsPerSecond() * now.secondsPerIteration())
                        .isCloseTo(TRAINING_ROWS / (double) ITERATIONS, within(0.1 * BATCH)));
    }

    @Test
    void olderCheckpointsAreDeletedOnceANewerOneIsRecorded() throws Exception {
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        TrainingSpec spec = spec(MLP, MOMENTUM, false, new CheckpointPolicy(EVERY, 2));
        train(spec, TestingRows.shards(clouds, 4, false), 2, new Checkpoints(store, null));
        List<String> expected = new ArrayList<>();
        for (int iteration = EVERY; iteration <= EPOCHS * ITERATIONS; iteration += EVERY) {
            expected.add("SAVE " + at(iteration));
            expected.add("RECORD " + at(iteration));
            if (iteration > 2 * EVERY) {
                expected.add("DELETE " + at(iteration - 2 * EVERY));
            }
        }
        assertThat(store.log()).isEqualTo(expected);
        assertThat(store.locations()).containsExactly(at(25), at(30));
    }

    @Test
    void checkpointThatARunGoesOnFromIsDeletedOnceANewerOneIsRecorded() throws Exception {
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        TrainingSpec spec = spec(MLP, MOMENTUM, false, new CheckpointPolicy(EVERY, 1));
        List<HostedShard> shards = TestingRows.shards(clouds, 4, false);
        TestingCoordination broken = breakAt(spec, shards, 28, rank -> true, store);
        assertThat(store.locations()).containsExactly(at(25));
        int before = store.log().size();
        train(spec, shards, 1, new Checkpoints(store, location(broken)));
        assertThat(store.log().subList(before, store.log().size()))
                .containsExactly("LOAD " + at(25), "SAVE " + at(30), "RECORD " + at(30), "DELETE " + at(25));
    }

    @Test
    void failingDeletionDoesNotEndTheRun() throws Exception {
        TrainingSpec spec = spec(MLP, MOMENTUM, false, new CheckpointPolicy(EVERY, 1));
        List<HostedShard> shards = TestingRows.shards(clouds, 4, false);
        Run expected = train(spec, shards, 2, new Checkpoints(new InMemoryCheckpointStore(), null));
        InMemoryCheckpointStore store = new InMemoryCheckpointStore().fail(Action.DELETE);
        Run run = train(spec, shards, 2, new Checkpoints(store, null));
        assertThat(run.sha256()).isEqualTo(expected.sha256());
        assertThat(run.coordination().committed()).hasSize(EPOCHS * ITERATIONS / EVERY);
        assertThat(store.locations()).hasSize(EPOCHS * ITERATIONS / EVERY);
    }

    @Test
    void failingSaveEndsTheRunAndRecordsNothing() throws Exception {
        TrainingSpec spec = spec(MLP, MOMENTUM, false, KEEP_ALL);
        InMemoryCheckpointStore store = new InMemoryCheckpointStore().fail(Action.SAVE);
        TestingCoordination coordination = coordination(spec, 2, store);
        List<Ended<Trained>> ended = tryToTrain(
                spec,
                TestingRows.shards(clouds, 4, false),
                2,
                engines -> {},
                coordination,
                new Checkpoints(store, null));
        assertThat(ended.get(0).failure())
                .isInstanceOf(CheckpointException.class)
                .hasMessage("Cannot save " + at(EVERY) + ": the disk is gone");
        assertThat(ended.get(1).failure()).isInstanceOf(CommunicationException.class);
        assertThat(coordination.committed()).isEmpty();
    }

    @Test
    void runBeginsAgainIfItsCheckpointIsOutOfReach() throws Exception {
        TrainingSpec spec = spec(NORMED, ADAM, false, KEEP_ALL);
        List<HostedShard> shards = TestingRows.shards(clouds, 4, false);
        Run unbroken = train(spec, shards, 2, new Checkpoints(new InMemoryCheckpointStore(), null));
        InMemoryCheckpointStore unreadable = new InMemoryCheckpointStore().fail(Action.LOAD);
        InMemoryCheckpointStore emptied = new InMemoryCheckpointStore();
        emptied.replace(at(15), new byte[0]);
        for (InMemoryCheckpointStore store : List.of(new InMemoryCheckpointStore(), unreadable, emptied)) {
            Run again = train(spec, shards, 2, new Checkpoints(store, at(15)));
            assertContinues(again, unbroken, 0);
            assertThat(again.coordination().committed())
                    .isEqualTo(unbroken.coordination().committed());
        }
    }

    @Test
    void damagedCheckpointEndsAllReplicasWithItsName() throws Exception {
        TrainingSpec spec = spec(MLP, MOMENTUM, false, KEEP_ALL);
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        store.replace(at(15), new byte[] {1, 2, 3});
        List<Ended<Trained>> ended = tryToTrain(
                spec,
                TestingRows.shards(clouds, 4, false),
                2,
                engines -> {},
                coordination(spec, 2, store),
                new Checkpoints(store, at(15)));
        assertThat(ended)
                .allSatisfy(replica -> assertThat(replica.failure())
                        .isInstanceOf(CheckpointException.class)
                        .hasMessage("Cannot read checkpoint " + at(15)
                                + ": Cannot read safetensors: end of data inside the "
                                + "header length (3 bytes, expected 8)"));
    }

    @Test
    void checkpointOfAnotherModelEndsAllReplicasWithItsName() throws Exception {
        List<HostedShard> shards = TestingRows.shards(clouds, 4, false);
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        train(spec(MLP, MOMENTUM, false, KEEP_ALL), shards, 2, new Checkpoints(store, null));
        TrainingSpec wider = spec(new Mlp(List.of(17, 8), 3, Activation.RELU), MOMENTUM, false, KEEP_ALL);
        List<Ended<Trained>> ended = tryToTrain(
                wider, shards, 2, engines -> {}, coordination(wider, 2, store), new Checkpoints(store, at(15)));
        assertThat(ended)
                .allSatisfy(replica -> assertThat(replica.failure())
                        .isInstanceOf(CheckpointException.class)
                        .hasMessageStartingWith("Cannot load weights from " + at(15) + ": ")
                        .hasMessageContaining(" is F32 [16, 8] (expected F32 [17, 8]; "));
    }

    private static void assertUnbroken(Run run) {
        assertThat(run.epochs()).hasSize(EPOCHS);
        assertThat(run.replicas().get(0).outcome().iterations()).isEqualTo(EPOCHS * ITERATIONS);
        assertThat(run.replicas().get(0).outcome().samples()).isEqualTo(EPOCHS * TRAINING_ROWS);
        assertThat(run.coordination().committed())
                .extracting(Committed::iteration)
                .containsExactlyElementsOf(multiples(EPOCHS * ITERATIONS));
        assertThat(run.epochs())
                .allSatisfy(epoch -> assertThat(epoch.metrics())
                        .containsOnlyKeys("train.loss", "train.accuracy", "validation.loss", "validation.accuracy"));
    }

    /** An epoch's last iteration isn't the epoch's end: metrics and validation are still to come. */
    private static void assertContinues(Run resumed, Run unbroken, int from) {
        int completed = Math.max(0, from - 1) / ITERATIONS;
        ReplicaOutcome expected = unbroken.replicas().get(0).outcome();
        assertThat(epochs(resumed)).isEqualTo(epochs(unbroken).subList(completed, EPOCHS));
        assertThat(resumed.replicas()).allSatisfy(replica -> {
            assertThat(replica.outcome().weightsSha256()).isEqualTo(expected.weightsSha256());
            assertThat(replica.weights()).isEqualTo(unbroken.replicas().get(0).weights());
            assertThat(replica.outcome().samples()).isEqualTo(expected.samples());
            assertThat(replica.outcome().iterations()).isEqualTo(expected.iterations());
            assertThat(replica.outcome().epochs()).isEqualTo(expected.epochs());
        });
    }

    /** The run's coordination, after replicas have failed in that iteration. */
    private static TestingCoordination breakAt(
            TrainingSpec spec,
            List<HostedShard> shards,
            int iteration,
            IntPredicate ranks,
            InMemoryCheckpointStore store)
            throws Exception {
        TestingCoordination coordination = coordination(spec, 2, store);
        List<Ended<Trained>> ended =
                tryToTrain(spec, shards, 2, failAt(iteration, ranks), coordination, new Checkpoints(store, null));
        assertThat(ended).allSatisfy(replica -> assertThat(replica.failure()).isNotNull());
        return coordination;
    }

    private static TrainingSetup failAt(int iteration, IntPredicate ranks) {
        return engines -> engines.trainer().on(Events.ITERATION_COMPLETED.once(iteration), engine -> {
            if (ranks.test(engines.rank())) {
                throw new IllegalStateException("broken");
            }
        });
    }

    private static Run train(TrainingSpec spec, List<HostedShard> shards, int replicas, Checkpoints checkpoints)
            throws Exception {
        TestingCoordination coordination = coordination(spec, replicas, (InMemoryCheckpointStore) checkpoints.store());
        List<Trained> trained = new ArrayList<>();
        for (Ended<Trained> ended : tryToTrain(spec, shards, replicas, engines -> {}, coordination, checkpoints)) {
            assertThat(ended.failure()).isNull();
            trained.add(ended.value());
        }
        return new Run(trained, coordination);
    }

    private static List<Ended<Trained>> tryToTrain(
            TrainingSpec spec,
            List<HostedShard> shards,
            int replicas,
            TrainingSetup setup,
            TestingCoordination coordination,
            Checkpoints checkpoints)
            throws Exception {
        return TestingReplicas.tryToTrain(spec, shards, replicas, setup, coordination, checkpoints);
    }

    private static TestingCoordination coordination(TrainingSpec spec, int replicas, InMemoryCheckpointStore store) {
        return new TestingCoordination(
                replicas, spec.metricSet(), checkpoint -> store.note("RECORD " + checkpoint.location()));
    }

    /** Null if nothing is recorded. */
    private static String location(TestingCoordination coordination) {
        List<Committed> committed = coordination.committed();
        return committed.isEmpty() ? null : committed.get(committed.size() - 1).location();
    }

    private static List<Epoch> epochs(Run run) {
        return run.epochs().stream().map(Epoch::of).toList();
    }

    private static List<Long> multiples(int last) {
        return LongStream.rangeClosed(1, last / EVERY)
                .map(i -> i * EVERY)
                .boxed()
                .toList();
    }

    private static String at(int iteration) {
        return String.format("memory:/checkpoint-%010d.safetensors", iteration);
    }

    private static TrainingSpec spec(
            ModelSpec model, OptimizerSpec optimizer, boolean weighted, CheckpointPolicy policy) {
        return new TrainingSpec(
                TestingRows.layout(clouds, weighted),
                model,
                LossFunction.CROSS_ENTROPY,
                Optimization.of(optimizer),
                List.of("loss", "accuracy"),
                EPOCHS,
                BATCH,
                17,
                policy,
                List.of());
    }
}
