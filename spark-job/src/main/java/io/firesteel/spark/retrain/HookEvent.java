package io.firesteel.spark.retrain;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What hooks are told at the end of a date.
 *
 * @param date the date
 * @param runId the run; a hook that is called twice is called with the same
 * @param outcome {@code promoted}, {@code refused}, {@code stopped} or {@code failed}
 * @param version the candidate's in the registry; empty if it has none
 * @param verdict URI of {@code verdict.json}
 * @param json its content
 */
record HookEvent(LocalDate date, String runId, String outcome, OptionalInt version, String verdict, String json) {
    /** For a command's environment. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("FIRESTEEL_DATE", date.toString());
        environment.put("FIRESTEEL_RUN_ID", runId);
        environment.put("FIRESTEEL_OUTCOME", outcome);
        environment.put("FIRESTEEL_VERSION", version.isPresent() ? Integer.toString(version.getAsInt()) : "");
        environment.put("FIRESTEEL_VERDICT", verdict);
        return environment;
    }
}
