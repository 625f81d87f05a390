package io.firesteel.spark.coordinator;

import static io.firesteel.spark.coordinator.Replicas.RUN;
import static io.firesteel.spark.coordinator.Replicas.failure;
import static io.firesteel.spark.coordinator.Replicas.join;
import static io.firesteel.spark.coordinator.Replicas.sender;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.model.Linear;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.train.CheckpointPolicy;
import io.firesteel.engine.train.CoordinatorHandlers;
import io.firesteel.engine.train.CoordinatorHandlers.Decision;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.engine.train.TrainingSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What replicas are answered at the end of an epoch where handlers on the driver have a say. */
@Timeout(60)
class CoordinatorDecisionTest {
    /** Three shards of 10 to 12 rows. */
    private static final int STEPS = 7;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private CoordinatorHandlers handlers;
    private Coordinator coordinator;

    @BeforeEach
    void open() {
        TensorSpec input = new TensorSpec("x", ElementType.FLOAT32, List.of(2));
        TensorSpec label = new TensorSpec("class", ElementType.INT64, List.of());
        TrainingSpec spec = new TrainingSpec(
                new RowLayout(List.of(input), label, false),
                new Linear(2),
                LossFunction.CROSS_ENTROPY,
                Optimization.of(new Sgd(0.1, 0, false, 0)),
                List.of("loss"),
                5,
                5,
                1,
                CheckpointPolicy.NEVER,
                List.of());
        handlers = new CoordinatorHandlers(spec, () -> {});
        handlers.engine().on(Events.EPOCH_COMPLETED.once(1), engine -> mayEnd.await());
        handlers.engine().on(Events.EPOCH_COMPLETED.once(2), engine -> engine.terminate("two are enough"));
        Replicas.Notes notes = new Replicas.Notes("", heard);
        coordinator = Coordinator.open(RUN, 3, Replicas.merger(), notes, Optional.of(handlers));
        joinAll(0);
    }

    @AfterEach
    void close() {
        coordinator.close();
        handlers.close();
    }

    @Test
    void replicasWaitForTheReportAndThenForTheHandlers() {
        assertThat(ask(0, 1, 1)).isEqualTo(new Pending(List.of("rank 0 on host0")));
        report(0, 1);
        assertThat(ask(0, 1, 1)).isEqualTo(new Pending(List.of("handlers on the driver")));
        assertThat(heard).doesNotContain("epoch 1");
        mayEnd.countDown();
        assertThat(decided(0, 1)).isEqualTo(Decision.GO_ON);
        assertThat(heard).containsExactly("started 0", "joined 0 by 3", "epoch 1");
    }

    @Test
    void stopIsAnsweredToAllAndAgainAfterARestart() {
        mayEnd.countDown();
        report(0, 1);
        report(0, 2);
        Decision stop = decided(0, 2);
        assertThat(stop.stopReason()).isEqualTo("coordinator: two are enough");
        assertThat(ask(0, 2, 2)).isEqualTo(stop);
        joinAll(1);
        report(1, 1);
        assertThat(ask(1, 1, 1)).isEqualTo(Decision.GO_ON);
        report(1, 2);
        assertThat(ask(1, 0, 2)).isEqualTo(stop);
        assertThat(heard)
                .containsExactly("started 0", "joined 0 by 3", "epoch 1", "epoch 2", "started 1", "joined 1 by 3");
    }

    @Test
    void nobodyWaitsForHandlersOnceAReplicaHasFailed() {
        report(0, 1);
        coordinator.receive(new Message.Failed(sender(0, 1), failure(1, ReplicaFailure.Kind.TRAINING)));
        assertThat(ask(0, 2, 1)).isEqualTo(new Refusal("rank 1 on host1 has failed"));
    }

    @Test
    void withoutHandlersTheRunGoesOn() {
        coordinator.close();
        coordinator = Coordinator.open(RUN, 3, Replicas.merger(), new Replicas.Notes("", heard));
        joinAll(0);
        assertThat(ask(0, 1, 1)).isEqualTo(Decision.GO_ON);
    }

    private void joinAll(int attempt) {
        for (int rank = 0; rank < 3; rank++) {
            coordinator.receive(join(attempt, rank));
        }
    }

    private void report(int attempt, int epoch) {
        EpochRecord record =
                new EpochRecord(epoch, (long) epoch * STEPS, 0.5, Map.of("train.loss", 1.0 / epoch), new Ledger(33, 1));
        assertThat(coordinator.receive(new Message.EpochCompleted(sender(attempt, 0), record)))
                .isEqualTo(true);
    }

    private Object ask(int attempt, int rank, int epoch) {
        return coordinator.receive(new Message.AskDecision(sender(attempt, rank), epoch));
    }

    private Decision decided(int attempt, int epoch) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Object reply = ask(attempt, 0, epoch);
        while (reply instanceof Pending) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
            reply = ask(attempt, 0, epoch);
        }
        return (Decision) reply;
    }
}
