package io.firesteel.spark.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.data.DataException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReplicaFailureTest {
    @Test
    void ourMessageStandsAlone() {
        ReplicaFailure failure = ReplicaFailure.of(2, "node7", new DataException("Cannot use rows.csv: too odd"));
        assertThat(failure.message()).isEqualTo("Cannot use rows.csv: too odd");
        assertThat(failure.kind()).isEqualTo(ReplicaFailure.Kind.DATA);
        assertThat(failure.rank()).isEqualTo(2);
        assertThat(failure.host()).isEqualTo("node7");
        assertThat(failure.stackTrace()).contains("DataException", "ReplicaFailureTest");
    }

    @Test
    void usersExceptionIsNamedByItsClass() {
        ReplicaFailure failure = ReplicaFailure.of(0, "h", new IllegalStateException("no such bucket"));
        assertThat(failure.message()).isEqualTo("java.lang.IllegalStateException: no such bucket");
        assertThat(failure.kind()).isEqualTo(ReplicaFailure.Kind.TRAINING);
    }

    @Test
    void causesArePartOfTheMessage() {
        Exception cause = new IOException("disk full");
        ReplicaFailure failure = ReplicaFailure.of(
                0, "h", new DataException("Cannot read", new IllegalStateException("while spilling", cause)));
        assertThat(failure.message())
                .isEqualTo(
                        "Cannot read: java.lang.IllegalStateException: while spilling: java.io.IOException: disk full");
    }

    @Test
    void causeThatTheMessageHasIsNotRepeated() {
        Exception cause = new IOException("disk full");
        ReplicaFailure failure = ReplicaFailure.of(0, "h", new RuntimeException(cause));
        assertThat(failure.message()).isEqualTo("java.lang.RuntimeException: java.io.IOException: disk full");
    }

    @Test
    void severalLinesBecomeOneParagraph() {
        ReplicaFailure failure =
                ReplicaFailure.of(0, "h", new IllegalStateException("shape is odd\n  at frame 1\r\n\n"));
        assertThat(failure.message()).isEqualTo("java.lang.IllegalStateException: shape is odd at frame 1");
    }

    @Test
    void errorWithoutAMessageIsItsClass() {
        assertThat(ReplicaFailure.of(0, "h", new StackOverflowError()).message())
                .isEqualTo("java.lang.StackOverflowError");
        assertThat(ReplicaFailure.of(0, "h", new DataException(null)).message())
                .isEqualTo("io.firesteel.engine.data.DataException");
    }

    @Test
    void coordinatorsRefusalIsAnEchoAndItsDeadlineIsNot() {
        assertThat(ReplicaFailure.of(0, "h", CoordinatorException.refused("over"))
                        .kind())
                .isEqualTo(ReplicaFailure.Kind.PEER_LOST);
        assertThat(ReplicaFailure.of(0, "h", CoordinatorException.deadline("late"))
                        .kind())
                .isEqualTo(ReplicaFailure.Kind.COMMUNICATION);
        assertThat(ReplicaFailure.of(0, "h", CoordinatorException.unreachable("gone", null))
                        .kind())
                .isEqualTo(ReplicaFailure.Kind.COMMUNICATION);
    }

    @Test
    void causesComeBeforeConsequences() {
        assertThat(ReplicaFailure.Kind.values())
                .containsExactly(
                        ReplicaFailure.Kind.DATA,
                        ReplicaFailure.Kind.DIVERGED,
                        ReplicaFailure.Kind.TRAINING,
                        ReplicaFailure.Kind.COMMUNICATION,
                        ReplicaFailure.Kind.PEER_LOST);
    }

    @Test
    void failureCrossesAsBytes() {
        ReplicaFailure failure = ReplicaFailure.of(1, "h", new IllegalStateException("x"));
        assertThat(SerializedForm.fromBytes(SerializedForm.toBytes(failure), ReplicaFailure.class))
                .isEqualTo(failure);
    }
}
