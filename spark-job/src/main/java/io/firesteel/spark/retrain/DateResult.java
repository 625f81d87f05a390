package io.firesteel.spark.retrain;

import io.firesteel.spark.verdict.Outcome;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a date has ended.
 *
 * @param date the date
 * @param outcome in a word
 * @param decided how the date's candidate fared, now or when the date was done before; empty if it has none
 * @param version the candidate's number in the registry; empty if it has none
 * @param reasons why, each a sentence
 * @param verdict URI of the page to read; empty if there is none
 * @param seconds that it took
 */
public record DateResult(
        LocalDate date,
        Outcome outcome,
        Optional<Outcome> decided,
        OptionalInt version,
        List<String> reasons,
        Optional<String> verdict,
        double seconds) {
    public DateResult {
        reasons = List.copyOf(reasons);
    }

    /** Whether the date has a candidate that isn't good enough. */
    public boolean isRefused() {
        return decided.filter(Outcome.REFUSED::equals).isPresent();
    }
}
