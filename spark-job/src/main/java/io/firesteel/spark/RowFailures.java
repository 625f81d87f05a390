package io.firesteel.spark;

import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.engine.data.DataException;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What it means that a job over rows has failed, on the driver or in a task. */
final class RowFailures {
    private static final Logger LOG = LoggerFactory.getLogger(RowFailures.class);

    private RowFailures() {}

    /**
     * Whose turn it is.
     *
     * @param what the job was to do: {@code predict}
     */
    static RunException of(String what, Exception failure) {
        if (failure instanceof RunException known) {
            return known;
        }
        if (failure instanceof DataException || failure instanceof ArtifactException) {
            return new RunException(RunException.Fault.DATA, failure.getMessage(), failure);
        }
        if (failure instanceof IllegalArgumentException) {
            return new RunException(RunException.Fault.JOB, failure.getMessage(), failure);
        }
        LOG.error("Spark ended the job", failure);
        Optional<Throwable> request = find(failure, cause -> cause.getClass() == IllegalStateException.class);
        Optional<Throwable> data =
                find(failure, cause -> cause instanceof DataException || cause instanceof IllegalArgumentException);
        if (request.isPresent()) {
            return new RunException(RunException.Fault.JOB, request.get().getMessage(), failure);
        }
        return data.isPresent()
                ? new RunException(RunException.Fault.DATA, data.get().getMessage(), failure)
                : Failures.ofSpark(what, failure, Optional.empty(), Optional.empty());
    }

    private static Optional<Throwable> find(Throwable failure, Predicate<Throwable> wanted) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (wanted.test(cause)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }
}
