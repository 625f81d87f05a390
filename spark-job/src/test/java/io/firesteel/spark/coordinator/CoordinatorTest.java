package io.firesteel.spark.coordinator;

import static io.firesteel.spark.coordinator.Replicas.RUN;
import static io.firesteel.spark.coordinator.Replicas.epoch;
import static io.firesteel.spark.coordinator.Replicas.failure;
import static io.firesteel.spark.coordinator.Replicas.join;
import static io.firesteel.spark.coordinator.Replicas.merge;
import static io.firesteel.spark.coordinator.Replicas.rows;
import static io.firesteel.spark.coordinator.Replicas.sender;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.train.Coordination;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoordinatorTest {
    private final Replicas.Notes notes = new Replicas.Notes("", new ArrayList<>());
    private Coordinator coordinator = Coordinator.open(RUN, 3, Replicas.merger(), notes);

    @AfterEach
    void close() {
        coordinator.close();
    }

    @Test
    void joinWaitsForTheRanksThatAreMissing() {
        assertThat(coordinator.receive(join(0, 2))).isEqualTo(new Pending(List.of("rank 0", "rank 1")));
        assertThat(coordinator.receive(join(0, 0))).isEqualTo(new Pending(List.of("rank 1")));
        Membership membership = (Membership) coordinator.receive(join(0, 1));
        assertThat(membership.members()).extracting(Member::rank).containsExactly(0, 1, 2);
        assertThat(membership.trainingRows()).containsExactly(10, 11, 12);
        assertThat(membership.validationRows()).isEqualTo(3);
        assertThat(membership.training()).isEqualTo(new Ledger(33, 3));
        assertThat(notes.heard).containsExactly("started 0", "joined 0 by 3");
    }

    @Test
    void joiningAgainIsHarmless() {
        coordinator.receive(join(0, 0));
        assertThat(coordinator.receive(join(0, 0))).isEqualTo(new Pending(List.of("rank 1", "rank 2")));
        joinAll(0);
        assertThat(coordinator.receive(join(0, 0))).isInstanceOf(Membership.class);
        assertThat(notes.heard).containsExactly("started 0", "joined 0 by 3");
    }

    @Test
    void mergeIsAnsweredOnceAllHaveSent() {
        joinAll(0);
        assertThat(coordinator.receive(merge(0, 1, "epoch/1/train", 5)))
                .isEqualTo(new Pending(List.of("rank 0 on host0", "rank 2 on host2")));
        assertThat(coordinator.receive(new Message.Poll(sender(0, 1), "epoch/1/train")))
                .isEqualTo(new Pending(List.of("rank 0 on host0", "rank 2 on host2")));
        coordinator.receive(merge(0, 0, "epoch/1/train", 3));
        assertThat(merged(coordinator.receive(merge(0, 2, "epoch/1/train", 2)))).isEqualTo(10);
        assertThat(merged(coordinator.receive(new Message.Poll(sender(0, 1), "epoch/1/train"))))
                .isEqualTo(10);
    }

    @Test
    void statesSentTwiceCountOnce() {
        joinAll(0);
        coordinator.receive(merge(0, 0, "k", 3));
        coordinator.receive(merge(0, 0, "k", 3));
        coordinator.receive(merge(0, 1, "k", 4));
        assertThat(merged(coordinator.receive(merge(0, 2, "k", 5)))).isEqualTo(12);
        assertThat(merged(coordinator.receive(merge(0, 1, "k", 4)))).isEqualTo(12);
    }

    @Test
    void askingBeforeAnyoneHasSentIsHarmless() {
        joinAll(0);
        coordinator.receive(new Message.Poll(sender(0, 0), "k"));
        IntStream.range(0, 2).forEach(rank -> coordinator.receive(merge(0, rank, "k", 1)));
        assertThat(merged(coordinator.receive(merge(0, 2, "k", 1)))).isEqualTo(3);
    }

    @Test
    void mergesOfSeveralKeysAreApart() {
        joinAll(0);
        for (String key : List.of("a", "b")) {
            IntStream.range(0, 2).forEach(rank -> coordinator.receive(merge(0, rank, key, 1)));
        }
        assertThat(merged(coordinator.receive(merge(0, 2, "b", 5)))).isEqualTo(7);
        assertThat(coordinator.receive(new Message.Poll(sender(0, 0), "a")))
                .isEqualTo(new Pending(List.of("rank 2 on host2")));
    }

    @Test
    void orderOfArrivalDoesNotChangeTheMergedBytes() {
        Random random = new Random(3);
        List<Integer> ranks = new ArrayList<>(List.of(0, 1, 2));
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(ranks, random);
            String key = "k" + round;
            ranks.forEach(rank -> coordinator.receive(merge(0, rank, key, rank)));
            MergedStates states = (MergedStates) coordinator.receive(new Message.Poll(sender(0, 0), key));
            assertThat(states.states().get("ledger"))
                    .isEqualTo(java.nio.ByteBuffer.allocate(16)
                            .putLong(3)
                            .putLong(3)
                            .array());
        }
    }

    @Test
    void messageOfAnEarlierAttemptIsRefused() {
        joinAll(1);
        assertThat(coordinator.receive(join(0, 0))).isEqualTo(new Refusal("attempt 0 is over, attempt 1 has begun"));
        assertThat(coordinator.receive(new Message.Failed(sender(0, 0), failure(0, ReplicaFailure.Kind.PEER_LOST))))
                .isEqualTo(new Refusal("attempt 0 is over, attempt 1 has begun"));
        assertThat(coordinator.firstFailure()).isEmpty();
    }

    @Test
    void newAttemptForgetsTheOneBefore() {
        joinAll(0);
        coordinator.receive(merge(0, 0, "k", 100));
        coordinator.receive(new Message.Failed(sender(0, 0), failure(0, ReplicaFailure.Kind.PEER_LOST)));
        coordinator.receive(new Message.Started(sender(1, 2)));
        assertThat(coordinator.restarts()).isEqualTo(1);
        assertThat(coordinator.firstFailure()).isEmpty();
        assertThat(coordinator.receive(join(1, 2))).isEqualTo(new Pending(List.of("rank 0", "rank 1")));
        joinAll(1);
        IntStream.range(0, 2).forEach(rank -> coordinator.receive(merge(1, rank, "k", 1)));
        assertThat(merged(coordinator.receive(merge(1, 2, "k", 1)))).isEqualTo(3);
        assertThat(notes.heard)
                .containsExactly("started 0", "joined 0 by 3", "failed 0 on rank 0", "started 1", "joined 1 by 3");
    }

    @Test
    void startOfTheSameAttemptByOthersChangesNothing() {
        coordinator.receive(join(0, 0));
        assertThat(coordinator.receive(new Message.Started(sender(0, 1)))).isNull();
        assertThat(coordinator.receive(join(0, 1))).isEqualTo(new Pending(List.of("rank 2")));
        assertThat(notes.heard).containsExactly("started 0");
    }

    @Test
    void firstFailureIsKeptAndToldToAll() {
        joinAll(0);
        ReplicaFailure first = failure(1, ReplicaFailure.Kind.TRAINING);
        assertThat(coordinator.receive(new Message.Failed(sender(0, 1), first))).isEqualTo(first);
        assertThat(coordinator.receive(new Message.Failed(sender(0, 0), failure(0, ReplicaFailure.Kind.PEER_LOST))))
                .isEqualTo(first);
        assertThat(coordinator.firstFailure()).contains(first);
        assertThat(notes.heard).containsExactly("started 0", "joined 0 by 3", "failed 0 on rank 1");
    }

    @Test
    void nobodyWaitsOnceOneHasFailed() {
        coordinator.receive(join(0, 0));
        coordinator.receive(new Message.Failed(sender(0, 1), failure(1, ReplicaFailure.Kind.DATA)));
        assertThat(coordinator.receive(join(0, 0))).isEqualTo(new Refusal("rank 1 on host1 has failed"));
        assertThat(coordinator.receive(merge(0, 0, "k", 1))).isEqualTo(new Refusal("rank 1 on host1 has failed"));
        assertThat(coordinator.receive(new Message.Poll(sender(0, 0), "k")))
                .isEqualTo(new Refusal("rank 1 on host1 has failed"));
    }

    @Test
    void mergeThatIsCompleteIsAnsweredEvenAfterAFailure() {
        joinAll(0);
        IntStream.range(0, 3).forEach(rank -> coordinator.receive(merge(0, rank, "k", 1)));
        coordinator.receive(new Message.Failed(sender(0, 1), failure(1, ReplicaFailure.Kind.TRAINING)));
        assertThat(merged(coordinator.receive(new Message.Poll(sender(0, 0), "k"))))
                .isEqualTo(3);
    }

    @Test
    void progressAndEpochsReachTheListenerInOrder() {
        joinAll(0);
        assertThat(coordinator.receive(
                        new Message.Progress(sender(0, 0), new Coordination.Progress(1, 7, 10, 0.5, 100, 0.1))))
                .isNull();
        assertThat(coordinator.receive(new Message.EpochCompleted(sender(0, 0), epoch(1))))
                .isEqualTo(true);
        assertThat(notes.heard).endsWith("progress 7", "epoch 1");
    }

    @Test
    void severalListenersHearInOrder() {
        List<String> heard = new ArrayList<>();
        RunListener pair = RunListener.of(new Replicas.Notes("first ", heard), new Replicas.Notes("second ", heard));
        pair.started(0);
        pair.joined(0, new Membership(List.of(Replicas.member(0)), ""));
        pair.progress(new Coordination.Progress(1, 2, 10, 0.5, 100, 0.1));
        pair.epochCompleted(epoch(3));
        pair.failed(0, failure(1, ReplicaFailure.Kind.DATA));
        assertThat(heard)
                .containsExactly(
                        "first started 0",
                        "second started 0",
                        "first joined 0 by 1",
                        "second joined 0 by 1",
                        "first progress 2",
                        "second progress 2",
                        "first epoch 3",
                        "second epoch 3",
                        "first failed 0 on rank 1",
                        "second failed 0 on rank 1");
    }

    @Test
    void messagesFindTheirRunUntilItIsClosed() {
        assertThat(Coordinator.dispatch(join(0, 0))).isInstanceOf(Pending.class);
        coordinator.close();
        assertThat(Coordinator.dispatch(join(0, 0))).isEqualTo(new Refusal("run " + RUN + " is over"));
    }

    @Test
    void oneRunHasOneCoordinator() {
        assertThatThrownBy(() -> Coordinator.open(RUN, 1, Replicas.merger(), notes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot coordinate run run-1: it runs in this process already");
        coordinator.close();
        coordinator = Coordinator.open(RUN, 1, Replicas.merger(), notes);
        assertThat(Coordinator.dispatch(join(0, 0))).isInstanceOf(Membership.class);
    }

    private void joinAll(int attempt) {
        IntStream.range(0, 3).forEach(rank -> coordinator.receive(join(attempt, rank)));
    }

    private static long merged(Object reply) {
        return rows(((MergedStates) reply).states());
    }
}
