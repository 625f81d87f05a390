package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.checkpoint.InMemoryCheckpointStore;
import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.handler.EarlyStoppingOptions;
import io.firesteel.engine.handler.EmaOptions;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.HyperparameterPlateau;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Tunable;
import io.firesteel.engine.schedule.ReducePlateau;
import io.firesteel.engine.schedule.ReducePlateau.Measure;
import io.firesteel.engine.schedule.ReducePlateau.Mode;
import io.firesteel.engine.train.TestingCoordination.Committed;
import io.firesteel.engine.train.TestingReplicas.Checkpoints;
import io.firesteel.engine.train.TestingReplicas.Ended;
import io.firesteel.engine.train.TestingReplicas.Trained;
import io.firesteel.engine.train.TestingRows.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Early stopping, a plateau, an average of the weights and best checkpoints together: wherever a run is broken off, it ends
 * with the history, the weights, the kept checkpoints and the reason of one that wasn't.
 */
@Timeout(300)
class InterruptedTrainingTest {
    private static final int EPOCHS = 30;

    private static List<Row> clouds;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(260, 6, 11);
    }

    /** A record without its time. */
    private record Epoch(long iteration, Map<String, Double> metrics, Ledger ledger) {}

    /** What a job came to, over all its attempts. */
    private record Result(Map<Integer, Epoch> history, Set<String> kept, ReplicaOutcome outcome) {
        void assertIsThatOf(Result other) {
            assertThat(history).isEqualTo(other.history);
            assertThat(kept).isEqualTo(other.kept);
            assertThat(outcome.weightsSha256()).isEqualTo(other.outcome.weightsSha256());
            assertThat(outcome.stopReason()).isEqualTo(other.outcome.stopReason());
            assertThat(outcome.epochs()).isEqualTo(other.outcome.epochs());
            assertThat(outcome.iterations()).isEqualTo(other.outcome.iterations());
            assertThat(outcome.samples()).isEqualTo(other.outcome.samples());
        }
    }

    /** One job, whose attempts go on from what the one before has recorded. */
    private static final class Job {
        private final TrainingSpec spec;
        private final InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        private final Map<Integer, Epoch> history = new TreeMap<>();
        private final List<Committed> committed = new ArrayList<>();

        Job(Synchronization synchronization) {
            this.spec = spec(synchronization);
        }

        /** @param failing the iteration in which the ranks of {@code bits} fail; 0 for none */
        List<Ended<Trained>> attempt(int replicas, int failing, int bits) throws Exception {
            TestingCoordination coordination = new TestingCoordination(replicas, spec.metricSet(), committed::add);
            List<Ended<Trained>> ended = TestingReplicas.tryToTrain(
                    spec,
                    TestingRows.shards(clouds, 4, false),
                    replicas,
                    engines -> {
                        engines.trainer().on(Events.ITERATION_COMPLETED.when((e, count) -> count == failing), e -> {
                            if ((bits & 1 << engines.rank()) != 0) {
                                throw new IllegalStateException("broken");
                            }
                        });
                    },
                    coordination,
                    new Checkpoints(store, committed.isEmpty() ? null : last()));
            coordination
                    .epochs()
                    .forEach(epoch ->
                            history.put(epoch.epoch(), new Epoch(epoch.iteration(), epoch.metrics(), epoch.ledger())));
            return ended;
        }

        private String last() {
            return committed.get(committed.size() - 1).location();
        }

        Result finish(int replicas) throws Exception {
            List<Ended<Trained>> ended = attempt(replicas, 0, 0);
            assertThat(ended).extracting(Ended::failure).containsOnlyNulls();
            return new Result(
                    new LinkedHashMap<>(history),
                    bestOf(store),
                    ended.get(0).value().outcome());
        }

        private static Set<String> bestOf(InMemoryCheckpointStore store) {
            Set<String> best = new TreeSet<>(store.locations());
            best.removeIf(location -> !location.contains("best"));
            return best;
        }
    }

    static Stream<Arguments> synchronizations() {
        return Stream.of(
                Arguments.of("float32", WirePrecision.FLOAT32),
                Arguments.of("bfloat16", WirePrecision.BFLOAT16),
                Arguments.of("PowerSGD", new PowerSgd(2, 3)),
                Arguments.of("local SGD", new LocalSgd(3, new OuterOptimizer(0.7, 0.9, true))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("synchronizations")
    void jobThatIsBrokenOffAnywhereEndsAsIfItHadNot(String name, Synchronization synchronization) throws Exception {
        Result unbroken = new Job(synchronization).finish(2);
        assertThat(unbroken.outcome().stopReason()).startsWith("early stopping: validation.loss is ");
        assertThat(unbroken.history().size()).isBetween(4, EPOCHS - 1);
        assertThat(unbroken.kept()).hasSize(2);
        Random random = new Random(name.hashCode());
        int last = (int) unbroken.outcome().iterations();
        for (int round = 0; round < 6; round++) {
            Job job = new Job(synchronization);
            for (int breaks = 1 + random.nextInt(3); breaks > 0; breaks--) {
                job.attempt(2, 1 + random.nextInt(last), 1 + random.nextInt(3));
            }
            job.finish(2).assertIsThatOf(unbroken);
        }
    }

    @Test
    void jobThatIsBrokenOffInEachIterationEndsAsIfItHadNot() throws Exception {
        Result unbroken = new Job(WirePrecision.FLOAT32).finish(2);
        Job job = new Job(WirePrecision.FLOAT32);
        for (int iteration = 2; iteration <= unbroken.outcome().iterations(); iteration += 5) {
            job.attempt(2, iteration, 3);
        }
        job.finish(1).assertIsThatOf(unbroken);
    }

    private static TrainingSpec spec(Synchronization synchronization) {
        ReducePlateau plateau = new ReducePlateau(Mode.MIN, 0.5, 0, 0.02, Measure.RELATIVE, 0, 1e-4);
        Optimization optimization = new Optimization(
                new Adam(0.05, 0.9, 0.999, 1e-8, 0),
                List.of(),
                Clipping.none(),
                List.of(),
                List.of(HyperparameterPlateau.of(Tunable.LEARNING_RATE, "validation.loss", plateau)),
                false);
        HandlerOptions handlers = new HandlerOptions(
                List.of(EarlyStoppingOptions.of("validation.loss", Mode.MIN, 3).withMinDelta(0.005, Measure.ABSOLUTE)),
                null,
                false,
                EmaOptions.of(0.2).withWarmup(0.9, 10).withEveryIterations(3));
        return new TrainingSpec(
                TestingRows.layout(clouds, false),
                new Mlp(List.of(12), 3, Activation.RELU),
                LossFunction.CROSS_ENTROPY,
                optimization,
                synchronization,
                List.of("loss", "accuracy"),
                EPOCHS,
                Batching.of(32),
                5,
                new CheckpointPolicy(4, 2, new BestCheckpoints("validation.loss", Mode.MIN, 2)),
                List.of(),
                handlers);
    }
}
