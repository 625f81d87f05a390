package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.ErrorOutput;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.handler.EarlyStopping;
import io.firesteel.engine.handler.EarlyStoppingOptions;
import io.firesteel.engine.model.Linear;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.schedule.ReducePlateau.Mode;
import io.firesteel.engine.train.CoordinatorHandlers.Decision;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that follows a run: what fires there is what fired on the replicas, which are plain engines here. */
@Timeout(60)
class CoordinatorHandlersTest {
    private static final int EPOCHS = 4;
    private static final int STEPS = 3;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final List<EpochRecord> recorded = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch failed = new CountDownLatch(1);
    private CoordinatorHandlers handlers = new CoordinatorHandlers(spec(EPOCHS), failed::countDown);

    @AfterEach
    void close() {
        handlers.close();
    }

    @Test
    void firesWhatTheReplicasFire() {
        List<String> replica = new ArrayList<>();
        List<String> driver = new ArrayList<>();
        trace(handlers.engine(), driver);
        begin();
        Engine<Integer, Integer> trainer = replica(replica);
        trainer.run(source(), RunLimit.epochs(EPOCHS));
        handlers.completed(outcome(EPOCHS, EPOCHS * STEPS, ""), DEADLINE);
        assertThat(driver).isEqualTo(replica).hasSizeGreaterThan(EPOCHS * STEPS);
    }

    /** Epochs that are left early, and runs that are stopped anywhere. */
    @Test
    void firesWhatTheReplicasFireHoweverTheyLeaveTheLoop() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            List<String> replica = new ArrayList<>();
            List<String> driver = new ArrayList<>();
            List<String> calls = new ArrayList<>();
            try (CoordinatorHandlers following = new CoordinatorHandlers(spec(EPOCHS), failed::countDown)) {
                handlers = following;
                trace(handlers.engine(), driver);
                begin();
                Engine<Integer, Integer> trainer = replica(replica);
                leaveAnywhere(trainer, random, calls);
                trainer.run(source(), RunLimit.epochs(EPOCHS));
                handlers.completed(
                        outcome(
                                trainer.progress().epochs(),
                                trainer.state().iteration(),
                                trainer.terminationReason().orElse("")),
                        DEADLINE);
            }
            assertThat(driver).as("round %d: %s", round, calls).isEqualTo(replica);
        }
    }

    /** At the end of an iteration, but the epoch's last: there is nothing to leave, and no news to tell it by. */
    private static void leaveAnywhere(Engine<Integer, Integer> trainer, Random random, List<String> calls) {
        trainer.on(Events.ITERATION_COMPLETED, engine -> {
            boolean last = engine.state().epochIteration() == STEPS;
            int choice = random.nextInt(12);
            if (choice < 3 && !last) {
                calls.add("leave at " + engine.state().iteration());
                engine.terminateEpoch();
            } else if (choice == 3) {
                calls.add("stop at " + engine.state().iteration());
                engine.terminate("enough");
            }
        });
        trainer.on(Events.EPOCH_COMPLETED, engine -> {
            if (random.nextInt(10) == 0) {
                calls.add("stop after " + engine.state().epoch());
                engine.terminate("enough");
            }
        });
    }

    /** Of such an epoch replicas tell nothing: the iterations before the next that is completed say how long it was. */
    @Test
    void epochThatIsLeftWithoutItsEndHasNoneOnTheDriverEither() {
        for (int skipped = 1; skipped <= EPOCHS; skipped++) {
            int left = skipped;
            List<String> replica = new ArrayList<>();
            List<String> driver = new ArrayList<>();
            try (CoordinatorHandlers following = new CoordinatorHandlers(spec(EPOCHS), failed::countDown)) {
                handlers = following;
                trace(handlers.engine(), driver);
                begin();
                Engine<Integer, Integer> trainer = replica(replica);
                trainer.on(Events.ITERATION_COMPLETED.once(left * STEPS - 1), e -> e.terminateEpochWithoutCompleted());
                trainer.run(source(), RunLimit.epochs(EPOCHS));
                handlers.completed(outcome(EPOCHS, EPOCHS * STEPS - 1, ""), DEADLINE);
            }
            assertThat(driver).as("without epoch %d", left).isEqualTo(replica);
        }
    }

    @Test
    void mergedValuesAreThereAndWhatHandlersPutBesideThemIsRecorded() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        handlers.engine().on(Events.EPOCH_COMPLETED, engine -> {
            Map<String, Double> metrics = engine.state().metrics();
            seen.add(engine.state().epoch() + "/" + engine.state().iteration() + " "
                    + engine.state().output().ledger().rows() + " " + metrics.get("train.loss"));
            metrics.put("mine", metrics.get("train.loss") * 2);
        });
        begin();
        end(1);
        end(2);
        assertThat(seen).containsExactly("1/3 24 1.0", "2/6 24 0.5");
        assertThat(recorded).extracting(EpochRecord::epoch).containsExactly(1, 2);
        assertThat(recorded.get(1).metrics()).isEqualTo(Map.of("train.loss", 0.5, "mine", 1.0));
    }

    @Test
    void stopIsDecidedAtTheEndOfTheEpochWhereverItIsAskedFor() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        handlers.engine().on(Events.ITERATION_COMPLETED.once(4), engine -> engine.terminate("4 are enough"));
        handlers.engine()
                .on(
                        Events.TERMINATE.or(Events.COMPLETED),
                        engine -> seen.add(engine.lastEvent().orElseThrow() + " "
                                + engine.state().epoch() + "/" + engine.state().iteration()
                                + engine.terminationReason().orElse("")));
        begin();
        assertThat(end(1).stopReason()).isEmpty();
        assertThat(end(2).stopReason()).isEqualTo("coordinator: 4 are enough");
        assertThat(seen).isEmpty();
        handlers.completed(outcome(2, 6, "coordinator: 4 are enough"), DEADLINE);
        assertThat(seen).containsExactly("TERMINATE 2/6" + "4 are enough", "COMPLETED 2/6" + "4 are enough");
    }

    @Test
    void readyMadeHandlersWorkOnMergedValues() throws Exception {
        handlers.engine().attach(new EarlyStopping<>(EarlyStoppingOptions.of("train.loss", Mode.MAX, 2)));
        begin();
        assertThat(end(1).stopReason()).isEmpty();
        assertThat(end(2).stopReason()).isEmpty();
        assertThat(end(3).stopReason()).startsWith("coordinator: early stopping: train.loss is ");
    }

    @Test
    void epochThatIsTrainedAgainIsNotSeenAgainAndDecidedAlike() throws Exception {
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        handlers.engine().on(Events.STARTED, engine -> seen.add(0L));
        handlers.engine()
                .on(Events.EPOCH_COMPLETED, engine -> seen.add(engine.state().epoch()));
        handlers.engine().on(Events.EPOCH_COMPLETED.once(3), engine -> engine.terminate("three"));
        for (int attempt = 0; attempt < 3; attempt++) {
            begin();
            for (int epoch = 1 + attempt; epoch <= 2; epoch++) {
                assertThat(end(epoch).stopReason()).isEmpty();
            }
            assertThat(end(3).stopReason()).isEqualTo("coordinator: three");
        }
        handlers.completed(outcome(3, 3 * STEPS, "coordinator: three"), DEADLINE);
        assertThat(seen).containsExactly(0L, 1L, 2L, 3L);
        assertThat(recorded).extracting(EpochRecord::epoch).containsExactly(1, 2, 3);
    }

    @Test
    void epochWithOtherValuesAfterARestartIsWarnedAbout() throws Exception {
        begin();
        end(1);
        try (ErrorOutput output = ErrorOutput.taken()) {
            handlers.epochCompleted(epoch(1, 3, 0.25));
            assertThat(output.text())
                    .contains("Epoch 1 has other values than before the restart, which the handlers on the driver have"
                            + " seen: {train.loss=0.25}, not {train.loss=1.0}");
        }
    }

    @Test
    void failureOfTheRunReachesTheHandlersWithItsCause() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        IllegalStateException cause = new IllegalStateException("rank 1 is lost");
        handlers.engine()
                .on(
                        Events.EXCEPTION_RAISED,
                        engine -> seen.add(
                                engine.state().epoch() + "/" + engine.state().iteration() + " "
                                        + engine.failure().orElseThrow().getMessage() + " "
                                        + (engine.failure().orElseThrow().getCause() == cause)));
        handlers.engine().on(Events.COMPLETED, engine -> seen.add("completed"));
        begin();
        end(1);
        handlers.failed(cause, DEADLINE);
        assertThat(seen).containsExactly("1/3 rank 1 is lost true");
        assertThat(cause.getSuppressed()).isEmpty();
        assertThat(failed.getCount())
                .as("it isn't the handlers that have failed")
                .isOne();
        handlers.checkNoneFailed();
    }

    @Test
    void failureInTheFirstEpochIsHeardToo() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        handlers.engine().on(Events.STARTED, engine -> seen.add("started"));
        handlers.engine().on(Events.EXCEPTION_RAISED, engine -> seen.add("failed"));
        begin();
        handlers.failed(new IllegalStateException("no rows"), DEADLINE);
        assertThat(seen).containsExactly("started", "failed");
    }

    @Test
    void runThatNeverBeganHasNoEvents() {
        handlers.engine().on(Events.EXCEPTION_RAISED, engine -> recorded.add(epoch(1, 1, 1)));
        handlers.failed(new IllegalStateException("no executors"), DEADLINE);
        assertThat(recorded).isEmpty();
    }

    @Test
    void handlerThatThrowsIsNamedWithItsEvent() throws Exception {
        handlers.engine().on(Events.EPOCH_COMPLETED, 5, "audit", engine -> {
            if (engine.state().epoch() == 2) {
                throw new IOException("the disk is full");
            }
        });
        begin();
        end(1);
        try (ErrorOutput output = ErrorOutput.taken()) {
            handlers.epochCompleted(epoch(2));
            assertThat(failed.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(output.text()).contains("A handler on the driver failed");
        }
        assertThat(handlers.decision(2)).isEmpty();
        assertThatThrownBy(handlers::checkNoneFailed)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot train: the driver failed in handler audit at EPOCH_COMPLETED of engine coordinator"
                        + " (epoch 2, iteration 6): java.io.IOException: the disk is full");
        assertThat(recorded).hasSize(1);
    }

    @Test
    void handlerThatThrowsAtTheEndFailsTheRun() throws Exception {
        handlers.engine().on(Events.COMPLETED, 0, "farewell", engine -> {
            throw new IllegalStateException("nobody listens");
        });
        begin();
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            end(epoch);
        }
        try (ErrorOutput output = ErrorOutput.taken()) {
            assertThatThrownBy(() -> handlers.completed(outcome(EPOCHS, EPOCHS * STEPS, ""), DEADLINE))
                    .hasMessage("Cannot train: the driver failed in handler farewell at COMPLETED of engine coordinator"
                            + " (epoch 4, iteration 12): java.lang.IllegalStateException: nobody listens");
            assertThat(output.text()).contains("nobody listens");
        }
    }

    @Test
    void handlerThatDoesNotReturnIsGivenUpAfterTheDeadline() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        handlers.engine().on(Events.COMPLETED, engine -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        begin();
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            end(epoch);
        }
        assertThatThrownBy(() -> handlers.completed(outcome(EPOCHS, EPOCHS * STEPS, ""), Duration.ofSeconds(1)))
                .hasMessage("Cannot end the run: handlers on the driver haven't returned (deadline 1 s)");
        handlers.close();
        assertThat(interrupted.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void engineThatIsInterruptedFailsTheRun() throws Exception {
        handlers.engine().on(Events.EPOCH_STARTED.once(2), Engine::interrupt);
        begin();
        end(1);
        try (ErrorOutput output = ErrorOutput.taken()) {
            handlers.epochCompleted(epoch(2));
            assertThat(failed.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(output.text()).isNotEmpty();
        }
        assertThatThrownBy(handlers::checkNoneFailed)
                .hasMessage("Cannot train: the driver failed: java.lang.IllegalStateException: Cannot follow the run:"
                        + " a handler interrupted the engine of the driver at epoch 2 (expected terminate)");
    }

    private void begin() {
        handlers.begin(new long[] {STEPS * 4, STEPS * 4}, recorded::add);
    }

    /** Tells of an epoch, and waits for the decision as replicas do. */
    private Decision end(int number) throws InterruptedException {
        handlers.epochCompleted(epoch(number));
        return decided(number);
    }

    private Decision decided(int number) throws InterruptedException {
        long end = System.nanoTime() + DEADLINE.toNanos();
        Optional<Decision> decision = handlers.decision(number);
        while (decision.isEmpty()) {
            assertThat(System.nanoTime())
                    .as("the end of the wait for epoch %d", number)
                    .isLessThan(end);
            Thread.onSpinWait();
            decision = handlers.decision(number);
        }
        return decision.get();
    }

    private static EpochRecord epoch(int number) {
        return epoch(number, number * (long) STEPS, 1.0 / number);
    }

    private static EpochRecord epoch(int number, long iteration, double loss) {
        return new EpochRecord(number, iteration, 0.5, Map.of("train.loss", loss), new Ledger(24, 1));
    }

    /** An engine that stands for those of all replicas, and tells the coordinator of each epoch as they do. */
    private Engine<Integer, Integer> replica(List<String> trace) {
        Engine<Integer, Integer> trainer = new Engine<>("trainer", (engine, batch) -> batch);
        trace(trainer, trace);
        trainer.on(Events.EPOCH_COMPLETED, -1000, "epoch report", engine -> {
            int epoch = (int) engine.state().epoch();
            handlers.epochCompleted(epoch(epoch, engine.state().iteration(), 1));
            assertThat(decided(epoch).stopReason()).isEmpty();
        });
        return trainer;
    }

    private static BatchSource<Integer> source() {
        return BatchSource.of(LongStream.range(0, STEPS).mapToObj(i -> 1).toList());
    }

    /** All but GET_BATCH_STARTED, which the driver fires once more to find out that an epoch was left. */
    private static <B, O> void trace(Engine<B, O> engine, List<String> trace) {
        for (Events event : Events.values()) {
            if (event != Events.GET_BATCH_STARTED) {
                engine.on(
                        event,
                        -2000,
                        "trace",
                        e -> trace.add(event + " " + e.state().epoch() + "/"
                                + e.state().iteration() + e.terminationReason().orElse("")));
            }
        }
    }

    private static ReplicaOutcome outcome(long epochs, long iterations, String stopReason) {
        return new ReplicaOutcome(
                epochs, iterations, iterations, iterations * 8, 1, stopReason, Map.of(), Map.of(), "");
    }

    private static TrainingSpec spec(int epochs) {
        return new TrainingSpec(
                TestingRows.layout(TestingRows.clouds(4, 2, 1), false),
                new Linear(3),
                LossFunction.CROSS_ENTROPY,
                Optimization.of(new Sgd(0.1, 0, false, 0)),
                List.of("loss"),
                epochs,
                8,
                1,
                CheckpointPolicy.NEVER,
                List.of());
    }
}
