package io.firesteel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firesteel.spark.barrier.FailedResults;
import io.firesteel.spark.coordinator.ReplicaFailure;
import io.firesteel.spark.coordinator.ReplicaFailure.Kind;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void noFailureIsNoException() {
        assertThatCode(() -> Failures.throwFirst(List.of(), Optional.empty())).doesNotThrowAnyException();
    }

    @Test
    void causeIsToldRatherThanWhatCameFirst() {
        RunException told = thrown(
                Optional.of(failure(0, Kind.PEER_LOST, 1)),
                failure(0, Kind.PEER_LOST, 1),
                failure(1, Kind.TRAINING, 5),
                failure(2, Kind.COMMUNICATION, 2));
        assertThat(told).hasMessage("Cannot train: rank 1 on host1 failed: failure of rank 1");
        assertThat(told.fault()).isEqualTo(RunException.Fault.TRAINING);
        assertThat(told.details()).contains("trace of rank 1");
    }

    @Test
    void ofSeveralOfAKindTheEarliestIsTold() {
        RunException told = thrown(Optional.empty(), failure(0, Kind.TRAINING, 9), failure(2, Kind.TRAINING, 4));
        assertThat(told).hasMessage("Cannot train: rank 2 on host2 failed: failure of rank 2");
    }

    @Test
    void failureThatOnlyTheCoordinatorKnowsIsTold() {
        RunException told = thrown(Optional.of(failure(3, Kind.DIVERGED, 1)), failure(0, Kind.PEER_LOST, 0));
        assertThat(told).hasMessage("failure of rank 3");
        assertThat(told.fault()).isEqualTo(RunException.Fault.TRAINING);
    }

    @Test
    void dataIsTheDatasFault() {
        RunException told = thrown(Optional.empty(), failure(1, Kind.DATA, 1));
        assertThat(told).hasMessage("failure of rank 1");
        assertThat(told.fault()).isEqualTo(RunException.Fault.DATA);
    }

    @Test
    void sparksEndIsExplainedByAReplicaWhereOneFailed() {
        RunException told = Failures.ofSpark(
                new SparkException("Job 3 cancelled"),
                Optional.of(failure(1, Kind.TRAINING, 1)),
                Optional.of("too late"));
        assertThat(told).hasMessage("Cannot train: rank 1 on host1 failed: failure of rank 1");
    }

    @Test
    void sparksEndIsItsRootCauseElsewhere() {
        RunException told =
                Failures.ofSpark(new SparkException("Job 3 cancelled\nstack"), Optional.empty(), Optional.empty());
        assertThat(told).hasMessage("Cannot train: Spark ended the job: Job 3 cancelled");
        assertThat(told.fault()).isEqualTo(RunException.Fault.TRAINING);
    }

    @Test
    void cancelledStageIsExplainedByWhoCancelledIt() {
        RunException told = Failures.ofSpark(
                new SparkException("Job 3 cancelled"), Optional.empty(), Optional.of("no replica has begun"));
        assertThat(told).hasMessage("Cannot train: no replica has begun");
        assertThat(told.fault()).isEqualTo(RunException.Fault.TRAINING);
    }

    @Test
    void fileThatVanishedIsTheDatasFault() {
        Exception cause = new FileNotFoundException("File file:/rows.csv does not exist\nmore");
        RunException told =
                Failures.ofSpark(new SparkException("Job aborted", cause), Optional.empty(), Optional.empty());
        assertThat(told).hasMessage("Cannot read the data: File file:/rows.csv does not exist");
        assertThat(told.fault()).isEqualTo(RunException.Fault.DATA);
    }

    private static RunException thrown(Optional<ReplicaFailure> reported, ReplicaFailure... failures) {
        return catchThrowableOfType(
                RunException.class, () -> Failures.throwFirst(FailedResults.of(failures), reported));
    }

    private static ReplicaFailure failure(int rank, Kind kind, long epochMillis) {
        return new ReplicaFailure(
                rank, "host" + rank, kind, "failure of rank " + rank, "trace of rank " + rank, epochMillis);
    }
}
