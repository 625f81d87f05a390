package io.firesteel.spark;

import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.connectors.hadoop.FailureReason;
import io.firesteel.spark.barrier.ReplicaResult;
import io.firesteel.spark.coordinator.ReplicaFailure;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkException;

/** Which of several failures caused the others, and what to tell the user. */
public final class Failures {
    private static final Comparator<ReplicaFailure> CAUSE_FIRST =
            Comparator.comparing(ReplicaFailure::kind).thenComparingLong(ReplicaFailure::epochMillis);

    private Failures() {}

    /** Throws if a replica has failed: the failure that explains the others. */
    static void throwFirst(List<ReplicaResult> results, Optional<ReplicaFailure> reported) {
        throwFirst("train", results.stream().flatMap(result -> result.findFailure().stream()), reported);
    }

    /**
     * Throws if a rank has failed: the failure that explains the others.
     *
     * @param what the ranks were to do: {@code train}
     * @param ended the failures that they ended with
     * @param reported the first that the coordinator heard of
     */
    static void throwFirst(String what, Stream<ReplicaFailure> ended, Optional<ReplicaFailure> reported) {
        Optional<ReplicaFailure> first = Stream.concat(ended, reported.stream()).min(CAUSE_FIRST);
        if (first.isPresent()) {
            throw of(what, first.get());
        }
    }

    /**
     * What it means that something for the run couldn't be written before it began.
     *
     * @param where the way out for what isn't a failure of storage
     */
    static RunException ofOutput(ArtifactException failure, String where) {
        return failure.isOfStorage()
                ? new RunException(RunException.Fault.DATA, failure.getMessage(), failure)
                : new RunException(RunException.Fault.JOB, failure.getMessage() + " (" + where + ")", failure);
    }

    /** What it means that Spark ended the job itself. */
    static RunException ofSpark(Exception failure, Optional<ReplicaFailure> reported, Optional<String> cancelled) {
        return ofSpark("train", failure, reported, cancelled);
    }

    /**
     * What it means that Spark ended a job itself.
     *
     * @param what the ranks were to do: {@code train}
     */
    public static RunException ofSpark(
            String what, Exception failure, Optional<ReplicaFailure> reported, Optional<String> cancelled) {
        if (reported.isPresent()) {
            return of(what, reported.get());
        }
        if (cancelled.isPresent()) {
            return new RunException(RunException.Fault.TRAINING, "Cannot " + what + ": " + cancelled.get(), failure);
        }
        Optional<String> ofStorage = FailureReason.find(failure);
        if (ofStorage.isPresent()) {
            return new RunException(RunException.Fault.DATA, "Cannot read the data: " + ofStorage.get(), failure);
        }
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String reason = firstLine(root);
        boolean reading = !(root instanceof SparkException) || reason.contains("FAILED_READ_FILE");
        return reading
                ? new RunException(RunException.Fault.DATA, "Cannot read the data: " + reason, failure)
                : new RunException(
                        RunException.Fault.TRAINING, "Cannot " + what + ": Spark ended the job: " + reason, failure);
    }

    private static RunException of(String what, ReplicaFailure failure) {
        RunException.Fault fault =
                failure.kind() == ReplicaFailure.Kind.DATA ? RunException.Fault.DATA : RunException.Fault.TRAINING;
        String where = failure.kind() == ReplicaFailure.Kind.TRAINING
                ? "Cannot " + what + ": rank " + failure.rank() + " on " + failure.host() + " failed: "
                : "";
        return new RunException(fault, where + failure.message(), null, failure.stackTrace());
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.lines().findFirst().orElse(failure.toString());
    }
}
