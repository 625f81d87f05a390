package io.firesteel.spark.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FailureWatchTest {
    private static final Duration AT_ONCE = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final long NOT_YET_MILLIS = 300;

    private final CountDownLatch cancelled = new CountDownLatch(1);

    @Test
    void replicasThatDoNotEndAfterAFailureAreCancelled() throws InterruptedException {
        try (FailureWatch watch = new FailureWatch(cancelled::countDown, NEVER, AT_ONCE)) {
            watch.started(0);
            watch.failed(0, Replicas.failure(1, ReplicaFailure.Kind.TRAINING));
            assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void lossOfAPeerGivesSparkItsOwnTime() throws InterruptedException {
        try (FailureWatch watch = new FailureWatch(cancelled::countDown, NEVER, AT_ONCE)) {
            watch.started(0);
            watch.failed(0, Replicas.failure(1, ReplicaFailure.Kind.PEER_LOST));
            assertThat(cancelled.await(NOT_YET_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
        }
        try (FailureWatch watch = new FailureWatch(cancelled::countDown, AT_ONCE, NEVER)) {
            watch.started(0);
            watch.failed(0, Replicas.failure(1, ReplicaFailure.Kind.PEER_LOST));
            assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void newAttemptIsNotCancelledForTheOldOne() throws InterruptedException {
        Duration patience = Duration.ofMillis(NOT_YET_MILLIS / 2);
        try (FailureWatch watch = new FailureWatch(cancelled::countDown, patience, patience)) {
            watch.started(0);
            watch.failed(0, Replicas.failure(1, ReplicaFailure.Kind.PEER_LOST));
            watch.started(1);
            assertThat(cancelled.await(2 * NOT_YET_MILLIS, TimeUnit.MILLISECONDS))
                    .isFalse();
            watch.failed(1, Replicas.failure(0, ReplicaFailure.Kind.TRAINING));
            assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void runThatHasEndedIsNotCancelled() throws InterruptedException {
        Duration patience = Duration.ofMillis(NOT_YET_MILLIS / 2);
        try (FailureWatch watch = new FailureWatch(cancelled::countDown, patience, patience)) {
            watch.started(0);
            watch.failed(0, Replicas.failure(1, ReplicaFailure.Kind.TRAINING));
        }
        assertThat(cancelled.await(2 * NOT_YET_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void runWithoutFailureIsLeftAlone() throws InterruptedException {
        try (FailureWatch watch = new FailureWatch(cancelled::countDown, AT_ONCE, AT_ONCE)) {
            watch.started(0);
            watch.epochCompleted(Replicas.epoch(1));
            assertThat(cancelled.await(NOT_YET_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
        }
    }
}
