package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.checkpoint.InMemoryCheckpointStore;
import io.firesteel.engine.checkpoint.ScoredCheckpoint;
import io.firesteel.engine.checkpoint.TrainingCheckpoint;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.schedule.ReducePlateau.Mode;
import io.firesteel.engine.train.TestingReplicas.Checkpoints;
import io.firesteel.engine.train.TestingReplicas.Ended;
import io.firesteel.engine.train.TestingReplicas.Trained;
import io.firesteel.engine.train.TestingRows.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which checkpoints stay for their scores, where the scores are given. */
@Timeout(120)
class BestCheckpointTest {
    private static final int ITERATIONS_OF_EPOCH = 5;
    private static final double NAN = Double.NaN;

    private static List<Row> clouds;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(200, 8, 21);
    }

    @Test
    void bestStayAndOthersAreRemovedOnceABetterOneIsRecorded() throws Exception {
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        run(store, null, 2, Mode.MIN, new double[] {3, 2, 4, 1}, 0);
        assertThat(store.log())
                .containsExactly(
                        "SAVE " + at(1),
                        "RECORD " + at(1),
                        "SAVE " + at(2),
                        "RECORD " + at(2),
                        "SAVE " + at(4),
                        "RECORD " + at(4),
                        "DELETE " + at(1));
        assertThat(store.locations()).containsExactly(at(2), at(4));
    }

    static List<Object[]> scores() {
        return List.of(
                new Object[] {Mode.MIN, new double[] {1, 1, 1, 1}, List.of(1, 2)},
                new Object[] {Mode.MAX, new double[] {1, 2, 1, 2}, List.of(2, 4)},
                new Object[] {Mode.MAX, new double[] {1, 2, 2, 2}, List.of(2, 3)},
                new Object[] {Mode.MIN, new double[] {NAN, NAN, NAN, NAN}, List.of()},
                new Object[] {Mode.MIN, new double[] {NAN, 5, NAN, 6}, List.of(2, 4)},
                new Object[] {Mode.MAX, new double[] {NAN, 5, NAN, Double.NEGATIVE_INFINITY}, List.of(2, 4)},
                new Object[] {Mode.MIN, new double[] {-0.0, 0.0, -0.0, 0.0}, List.of(1, 2)},
                new Object[] {Mode.MIN, new double[] {4, 3, 2, 1}, List.of(3, 4)},
                new Object[] {Mode.MAX, new double[] {4, 3, 2, 1}, List.of(1, 2)});
    }

    @ParameterizedTest
    @MethodSource("scores")
    void nanNeverWinsAndOfEqualScoresTheEarlierStays(Mode mode, double[] scores, List<Integer> epochs)
            throws Exception {
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        run(store, null, 2, mode, scores, 0);
        assertThat(store.locations())
                .containsExactlyElementsOf(
                        epochs.stream().map(BestCheckpointTest::at).toList());
    }

    @Test
    void listGoesOnOverARestart() throws Exception {
        double[] scores = {0.1 + 0.2, 0.25, 0.5, 0.2};
        for (int failing = 1; failing < 4 * ITERATIONS_OF_EPOCH; failing++) {
            InMemoryCheckpointStore store = new InMemoryCheckpointStore();
            run(store, null, 2, Mode.MIN, scores, failing);
            List<String> recorded = recorded(store);
            String last = recorded.isEmpty() ? null : recorded.get(recorded.size() - 1);
            run(store, last, 2, Mode.MIN, scores, 0);
            assertThat(store.locations()).as("failed in %d", failing).containsExactly(at(2), at(4));
            assertThat(recorded(store)).doesNotHaveDuplicates();
        }
    }

    @Test
    void manifestHoldsEveryDigitOfTheScores() throws Exception {
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        run(store, null, 3, Mode.MIN, new double[] {0.1 + 0.2, 1 / 3.0, 0.3, 9}, 0);
        TrainingCheckpoint third = TrainingCheckpoint.fromBytes(store.read(at(3)), at(3));
        assertThat(third.shelf().best())
                .containsExactly(
                        new ScoredCheckpoint("", 15, 0.3),
                        new ScoredCheckpoint(at(1), 5, 0.1 + 0.2),
                        new ScoredCheckpoint(at(2), 10, 1 / 3.0));
        assertThat(third.metrics()).containsEntry("score", 0.3);
        assertThat(third.progress().epochs()).isEqualTo(3);
    }

    /** As a run is that was broken off after it had recorded the better one. */
    @Test
    void whatWasPushedOutButNotRemovedIsRemovedAfterARestart() throws Exception {
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        run(store, null, 1, Mode.MIN, new double[] {3, 2, 4, 5}, 0);
        store.replace(at(1), new byte[] {1});
        run(store, at(2), 1, Mode.MIN, new double[] {3, 2, 4, 5}, 0);
        assertThat(store.locations()).containsExactly(at(2));
    }

    @Test
    void runThatWasAboutToEndEndsThereAfterARestart() throws Exception {
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        TrainingSetup stops = engines -> {
            scoring(new double[] {4, 3, 2, 1}).attach(engines);
            if (engines.rank() == 1) {
                engines.trainer().on(Events.EPOCH_COMPLETED.once(2), engine -> engine.terminate("good enough"));
            }
        };
        List<Ended<Trained>> unbroken = train(store, null, new BestCheckpoints("score", Mode.MIN, 2), stops);
        assertThat(store.locations()).containsExactly(at(1), at(2));
        List<Ended<Trained>> again = train(store, at(2), new BestCheckpoints("score", Mode.MIN, 2), stops);
        for (List<Ended<Trained>> run : List.of(unbroken, again)) {
            assertThat(run).allSatisfy(replica -> {
                assertThat(replica.failure()).isNull();
                ReplicaOutcome outcome = replica.value().outcome();
                assertThat(outcome.stopReason()).isEqualTo("rank 1: good enough");
                assertThat(outcome.epochs()).isEqualTo(2);
                assertThat(outcome.iterations()).isEqualTo(10);
                assertThat(outcome.weightsSha256())
                        .isEqualTo(unbroken.get(0).value().outcome().weightsSha256());
            });
        }
    }

    @Test
    void metricThatIsNotThereEndsTheRun() throws Exception {
        List<Ended<Trained>> ended =
                train(new InMemoryCheckpointStore(), null, new BestCheckpoints("f1", Mode.MAX, 1), engines -> {});
        assertThat(ended.get(0).failure())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot keep the best checkpoints by f1: there is no such metric"
                        + " (expected one of: train.loss, validation.loss)");
    }

    @Test
    void policiesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new BestCheckpoints("loss", Mode.MIN, -1))
                .hasMessage("Invalid keep: -1 (must be >= 0)");
        assertThatThrownBy(() -> new BestCheckpoints(" ", Mode.MIN, 1))
                .hasMessage("Invalid metric:   (must not be blank)");
    }

    private static List<String> recorded(InMemoryCheckpointStore store) {
        return store.log().stream()
                .filter(line -> line.startsWith("RECORD "))
                .map(line -> line.substring("RECORD ".length()))
                .toList();
    }

    private static TrainingSetup scoring(double[] scores) {
        return engines -> engines.trainer()
                .on(
                        Events.EPOCH_COMPLETED,
                        engine -> engine.state()
                                .metrics()
                                .put("score", scores[(int) engine.state().epoch() - 1]));
    }

    /** @param failing the iteration in which all replicas fail; 0 for none */
    private static void run(
            InMemoryCheckpointStore store, String location, int keep, Mode mode, double[] scores, int failing)
            throws Exception {
        TrainingSetup setup = engines -> {
            scoring(scores).attach(engines);
            engines.trainer().on(Events.ITERATION_COMPLETED.when((e, count) -> count == failing), e -> {
                throw new IllegalStateException("broken");
            });
        };
        List<Ended<Trained>> ended = train(store, location, new BestCheckpoints("score", mode, keep), setup);
        if (failing == 0) {
            assertThat(ended).extracting(Ended::failure).containsOnlyNulls();
        }
    }

    private static List<Ended<Trained>> train(
            InMemoryCheckpointStore store, String location, BestCheckpoints best, TrainingSetup setup)
            throws Exception {
        TrainingSpec spec = new TrainingSpec(
                TestingRows.layout(clouds, false),
                new Mlp(List.of(4), 3, Activation.RELU),
                LossFunction.CROSS_ENTROPY,
                Optimization.of(new Sgd(0.1, 0.9, false, 0)),
                List.of("loss"),
                4,
                32,
                17,
                new CheckpointPolicy(0, 1, best),
                List.of());
        TestingCoordination coordination = new TestingCoordination(
                2, spec.metricSet(), checkpoint -> store.note("RECORD " + checkpoint.location()));
        List<HostedShard> shards = new ArrayList<>(TestingRows.shards(clouds, 2, false));
        return TestingReplicas.tryToTrain(spec, shards, 2, setup, coordination, new Checkpoints(store, location));
    }

    private static String at(int epoch) {
        return String.format("memory:/best-%010d.safetensors", epoch * ITERATIONS_OF_EPOCH);
    }
}
