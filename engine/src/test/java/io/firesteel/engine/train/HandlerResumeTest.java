package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.checkpoint.CheckpointException;
import io.firesteel.engine.checkpoint.EngineState;
import io.firesteel.engine.checkpoint.InMemoryCheckpointStore;
import io.firesteel.engine.checkpoint.TrainingCheckpoint;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.EventSelector;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Handler;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.event.StateKey;
import io.firesteel.engine.event.Stateful;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.train.TestingCoordination.Committed;
import io.firesteel.engine.train.TestingReplicas.Checkpoints;
import io.firesteel.engine.train.TestingReplicas.Ended;
import io.firesteel.engine.train.TestingReplicas.Trained;
import io.firesteel.engine.train.TestingRows.Row;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What handlers remember is saved and restored without anybody listing it, also that of a user's setup. */
@Timeout(120)
class HandlerResumeTest {
    private static final int EVERY = 4;
    private static final int ITERATIONS = 30;
    private static final StateKey<Long> SEEN = StateKey.saved("seen", Long.class);

    private static List<Row> clouds;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        clouds = TestingRows.clouds(400, 8, 21);
    }

    /** Adds up what it sees, which says whether any iteration was missed or seen twice. */
    private static final class Sum<O> implements Handler<StepBatch, O>, Stateful {
        private final Map<Integer, StateDict> ends;
        private final int rank;
        private final EventSelector when;
        private long count;
        private double weighted;

        Sum(Map<Integer, StateDict> ends, int rank, EventSelector when) {
            this.ends = ends;
            this.when = when;
            this.rank = rank;
        }

        @Override
        public String name() {
            return "sum";
        }

        @Override
        public void attach(Engine<StepBatch, O> engine) {
            engine.on(when, e -> {
                count++;
                weighted += Math.sin(e.state().epoch() * (double) count);
                e.state().put(SEEN, e.state().find(SEEN).orElse(0L) + e.state().epoch());
            });
            engine.on(Events.COMPLETED, e -> ends.put(rank, state()));
        }

        @Override
        public StateDict state() {
            return StateDict.builder(1)
                    .put("count", count)
                    .put("weighted", weighted)
                    .build();
        }

        @Override
        public void restore(StateDict saved) {
            saved.require(1, "count", "weighted");
            count = saved.longValue("count");
            weighted = saved.doubleValue("weighted");
        }
    }

    /** What the handlers of a run had seen at its end, by rank, and the user's value there. */
    private static final class Ends {
        private final Map<Integer, StateDict> trainer = new ConcurrentHashMap<>();
        private final Map<Integer, StateDict> evaluator = new ConcurrentHashMap<>();
        private final Map<Integer, Long> seen = new ConcurrentHashMap<>();
        private final Map<Integer, Map<String, Double>> metrics = new ConcurrentHashMap<>();

        void attach(TrainingEngines engines) {
            engines.trainer().attach(new Sum<>(trainer, engines.rank(), Events.ITERATION_COMPLETED));
            engines.evaluator().attach(new Sum<>(evaluator, engines.rank(), Events.EPOCH_STARTED));
            engines.trainer()
                    .on(Events.EPOCH_COMPLETED.once(1), e -> e.state().metrics().put("mine", 0.1 + 0.2));
            engines.trainer().on(Events.COMPLETED, e -> {
                seen.put(engines.rank(), e.state().find(SEEN).orElseThrow());
                metrics.put(engines.rank(), Map.copyOf(e.state().metrics()));
            });
        }

        void assertEqualOnEachRank(Ends other) {
            StateDict expected = other.trainer.get(0);
            assertThat(trainer.values()).isNotEmpty().allMatch(expected::equals);
            assertThat(evaluator.values()).isNotEmpty().allMatch(other.evaluator.get(0)::equals);
            assertThat(seen.values()).isNotEmpty().containsOnly(other.seen.get(0));
            assertThat(metrics.values()).isNotEmpty().containsOnly(other.metrics.get(0));
        }
    }

    @Test
    void handlersOfAUsersSetupGoOnWhereTheyWere() throws Exception {
        InMemoryCheckpointStore untouched = new InMemoryCheckpointStore();
        Ends expected = new Ends();
        assertNoFailure(train(untouched, null, 2, expected::attach, 0));
        assertThat(expected.trainer.get(0).longValue("count")).isEqualTo(ITERATIONS);
        Random random = new Random(3);
        for (int round = 0; round < 5; round++) {
            InMemoryCheckpointStore store = new InMemoryCheckpointStore();
            int failing = 1 + random.nextInt(ITERATIONS - 1);
            train(store, null, 2, engines -> new Ends().attach(engines), failing);
            Ends resumed = new Ends();
            int replicas = 1 + random.nextInt(4);
            assertNoFailure(train(store, lastOf(store), replicas, resumed::attach, 0));
            resumed.assertEqualOnEachRank(expected);
        }
    }

    @Test
    void checkpointHoldsTheHandlersOfBothEngines() throws Exception {
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        assertNoFailure(train(store, null, 2, engines -> new Ends().attach(engines), 0));
        TrainingCheckpoint last = TrainingCheckpoint.fromBytes(store.read(lastOf(store)), "last");
        assertThat(last.engines()).containsOnlyKeys("trainer", "evaluator");
        EngineState trainer = last.engines().get("trainer");
        assertThat(trainer.handlers().get("sum").longValue("count")).isEqualTo(28);
        assertThat(trainer.values().longValue("seen")).isEqualTo(10 + 20 + 3 * 8);
        assertThat(last.engines().get("evaluator").handlers()).containsOnlyKeys("sum");
        assertThat(last.metrics()).containsEntry("mine", 0.1 + 0.2).containsKey("validation.loss");
    }

    @Test
    void stateOfAnotherHandlerEndsTheRunWithItsName() throws Exception {
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        assertNoFailure(train(store, null, 2, engines -> new Ends().attach(engines), 0));
        List<Ended<Trained>> ended =
                train(store, lastOf(store), 2, engines -> engines.trainer().attach(new Other()), 0);
        assertThat(ended)
                .allSatisfy(replica -> assertThat(replica.failure())
                        .isInstanceOf(CheckpointException.class)
                        .hasMessage("Cannot go on from " + lastOf(store)
                                + ": Cannot restore handler sum of engine trainer: Cannot read the state: it has"
                                + " [count, weighted] (expected [best])"));
    }

    /** Has the name of another handler. */
    private static final class Other implements Handler<StepBatch, StepOutput>, Stateful {
        @Override
        public String name() {
            return "sum";
        }

        @Override
        public void attach(Engine<StepBatch, StepOutput> engine) {
            // Its state is all that matters.
        }

        @Override
        public StateDict state() {
            return StateDict.builder(1).put("best", 1.0).build();
        }

        @Override
        public void restore(StateDict saved) {
            saved.require(1, "best");
        }
    }

    @Test
    void handlerOnOneRankAloneGetsItsStateBack() throws Exception {
        InMemoryCheckpointStore store = new InMemoryCheckpointStore();
        Map<Integer, StateDict> ends = new ConcurrentHashMap<>();
        TrainingSetup onFirst = engines -> {
            if (engines.rank() == 0) {
                engines.trainer().attach(new Sum<>(ends, 0, Events.ITERATION_COMPLETED));
            }
        };
        train(store, null, 2, onFirst, 15);
        assertNoFailure(train(store, lastOf(store), 2, onFirst, 0));
        assertThat(ends.get(0).longValue("count")).isEqualTo(ITERATIONS);
    }

    private static String lastOf(InMemoryCheckpointStore store) {
        return store.locations().stream().reduce((first, second) -> second).orElse(null);
    }

    private static void assertNoFailure(List<Ended<Trained>> ended) {
        assertThat(ended).extracting(Ended::failure).containsOnlyNulls();
    }

    /** @param failing the iteration in which all replicas fail; 0 for none */
    private static List<Ended<Trained>> train(
            InMemoryCheckpointStore store, String location, int replicas, TrainingSetup setup, int failing)
            throws Exception {
        TrainingSpec spec = new TrainingSpec(
                TestingRows.layout(clouds, false),
                new Mlp(List.of(16, 8), 3, Activation.RELU),
                LossFunction.CROSS_ENTROPY,
                Optimization.of(new Sgd(0.1, 0.9, false, 0)),
                List.of("loss", "accuracy"),
                3,
                33,
                17,
                new CheckpointPolicy(EVERY, 100),
                List.of());
        TestingCoordination coordination =
                new TestingCoordination(replicas, spec.metricSet(), (Committed committed) -> {});
        TrainingSetup failingToo = engines -> {
            setup.attach(engines);
            engines.trainer().on(Events.ITERATION_COMPLETED.when((e, count) -> count == failing), e -> {
                throw new IllegalStateException("broken");
            });
        };
        return TestingReplicas.tryToTrain(
                spec,
                TestingRows.shards(clouds, 4, false),
                replicas,
                failingToo,
                coordination,
                new Checkpoints(store, location));
    }
}
