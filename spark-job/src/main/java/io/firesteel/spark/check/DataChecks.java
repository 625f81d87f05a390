package io.firesteel.spark.check;

import io.firesteel.spark.config.ChecksConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;

/**
 * The checks of a job: whether rows are fit to be trained with. First {@link #schema}, which reads none, then {@link #data}; what
 * {@link #stopReason} finds ends the run before anything is trained.
 */
public final class DataChecks {
    private final ChecksConfig config;

    /** @param config what is asked of the data */
    public DataChecks(ChecksConfig config) {
        this.config = config;
    }

    /**
     * Compares the data's columns with those that the champion was trained on, before any row is read. A column in use that is gone or of
     * another type does what {@code checks.schema} says; columns that nobody uses, new ones, and numbers of another type are
     * warned of.
     *
     * @param now the schema of the data, after derived columns
     */
    public List<CheckResult> schema(StructType now, DataStatistics champion) {
        return new SchemaCheck(now, champion, config.schema()).results();
    }

    /**
     * Checks the rows. Without a champion, and without earlier successes, only what needs neither is checked.
     *
     * @param now of the rows to be trained with
     * @param champion of the rows that the champion was trained with
     * @param formerRows how many rows the last successes had, in any order
     */
    public List<CheckResult> data(DataStatistics now, Optional<DataStatistics> champion, List<Long> formerRows) {
        List<CheckResult> results = new ArrayList<>();
        if (now.rows() == 0) {
            results.add(CheckResult.of(
                    "rows.minimum",
                    Status.STOP,
                    "There are no rows to train with; look at data.path and data.where",
                    0,
                    1));
            return results;
        }
        config.rows().ifPresent(rule -> results.addAll(new RowChecks(now.rows(), formerRows).results(rule)));
        ValueChecks values = new ValueChecks(now);
        config.nulls().ifPresent(rule -> results.addAll(values.nulls(rule)));
        config.ranges().forEach(rule -> results.addAll(values.range(rule)));
        results.addAll(new LabelChecks(now, champion).results(config.labels()));
        champion.ifPresent(statistics ->
                config.drift().ifPresent(rule -> results.addAll(new DriftCheck(now, statistics, rule).results())));
        return results;
    }

    /** Why nothing may be trained, as one sentence; empty if everything may. */
    public static Optional<String> stopReason(List<CheckResult> results) {
        List<String> reasons = results.stream()
                .filter(result -> result.status() == Status.STOP)
                .map(CheckResult::text)
                .toList();
        if (reasons.isEmpty()) {
            return Optional.empty();
        }
        String more = reasons.size() > 3 ? " (and " + (reasons.size() - 3) + " more, see the verdict)" : "";
        return Optional.of("Cannot train with this data: "
                + reasons.stream().limit(3).map(DataChecks::inSentence).collect(Collectors.joining("; also, ")) + more);
    }

    private static String inSentence(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
