package io.firesteel.spark;

import io.firesteel.spark.barrier.ReplicaResult;
import io.firesteel.spark.coordinator.ReplicaFailure;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkException;

/** Which of several failures caused the others, and what to tell the user. */
final class Failures {
    private static final Comparator<ReplicaFailure> CAUSE_FIRST =
            Comparator.comparing(ReplicaFailure::kind).thenComparingLong(ReplicaFailure::epochMillis);

    private Failures() {}

    /** Throws if a replica has failed: the failure that explains the others. */
    static void throwFirst(List<ReplicaResult> results, Optional<ReplicaFailure> reported) {
        Stream<ReplicaFailure> ended = results.stream().flatMap(result -> result.findFailure().stream());
        Optional<ReplicaFailure> first = Stream.concat(ended, reported.stream()).min(CAUSE_FIRST);
        if (first.isPresent()) {
            throw of(first.get());
        }
    }

    /** What it means that Spark ended the job itself. */
    static RunException ofSpark(Exception failure, Optional<ReplicaFailure> reported, Optional<String> cancelled) {
        if (reported.isPresent()) {
            return of(reported.get());
        }
        if (cancelled.isPresent()) {
            return new RunException(RunException.Fault.TRAINING, "Cannot train: " + cancelled.get(), failure);
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
                        RunException.Fault.TRAINING, "Cannot train: Spark ended the job: " + reason, failure);
    }

    private static RunException of(ReplicaFailure failure) {
        RunException.Fault fault =
                failure.kind() == ReplicaFailure.Kind.DATA ? RunException.Fault.DATA : RunException.Fault.TRAINING;
        String where = failure.kind() == ReplicaFailure.Kind.TRAINING
                ? "Cannot train: rank " + failure.rank() + " on " + failure.host() + " failed: "
                : "";
        return new RunException(fault, where + failure.message(), null, failure.stackTrace());
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.lines().findFirst().orElse(failure.toString());
    }
}
