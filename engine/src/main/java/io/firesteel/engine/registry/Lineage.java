package io.firesteel.engine.registry;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where a model comes from.
 *
 * @param runId the run that trained it
 * @param date the scheduled day that the run was for
 * @param data what it read
 * @param rows how many, by use: {@code train}, {@code validation}
 * @param ledgerHash order-free hash over the rows of an epoch
 * @param codeVersion of Firesteel
 * @param jobSha256 of the resolved job file: 64 lower-case hexadecimal digits
 * @param parent the version from whose weights it began; none if it began from scratch
 */
public record Lineage(
        String runId,
        Optional<LocalDate> date,
        List<DataSnapshot> data,
        SortedMap<String, Long> rows,
        Optional<String> ledgerHash,
        String codeVersion,
        String jobSha256,
        OptionalInt parent) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public Lineage {
        if (runId.isBlank() || codeVersion.isBlank()) {
            throw new IllegalArgumentException(
                    "Invalid lineage: run \"" + runId + "\" of code \"" + codeVersion + "\" (neither may be blank)");
        }
        if (!SHA256.matcher(jobSha256).matches()) {
            throw new IllegalArgumentException(
                    "Invalid SHA-256 of a job: " + jobSha256 + " (must be 64 lower-case hexadecimal digits)");
        }
        data = List.copyOf(data);
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    /** Of a run whose data isn't known more exactly. */
    public static Lineage of(String runId, Map<String, Long> rows, String codeVersion, String jobSha256) {
        return new Lineage(
                runId,
                Optional.empty(),
                List.of(),
                new TreeMap<>(rows),
                Optional.empty(),
                codeVersion,
                jobSha256,
                OptionalInt.empty());
    }
}
