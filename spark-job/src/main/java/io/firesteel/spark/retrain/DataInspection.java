package io.firesteel.spark.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.spark.JobRows;
import io.firesteel.spark.RunException;
import io.firesteel.spark.check.CheckResult;
import io.firesteel.spark.check.DataChecks;
import io.firesteel.spark.check.DataStatistics;
import io.firesteel.spark.check.UsedColumn;
import io.firesteel.spark.check.UsedColumns;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.NewDataConfig;
import io.firesteel.spark.ingest.DatasetColumns;
import io.firesteel.spark.ingest.RowBinding;
import io.firesteel.spark.snapshot.DataSnapshot;
import io.firesteel.spark.snapshot.NewData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Looks at the data of a date before anything is trained: whether it has new rows, and whether it is fit to be learnt from. */
final class DataInspection {
    private final JobConfig job;
    private final JobRows rows;
    private final List<DateRecord> former;
    private final Optional<DataStatistics> champion;
    private final DataChecks checks;

    /**
     * @param former records of the dates before, the latest first
     * @param champion what the champion has learnt from; empty if there is none
     */
    DataInspection(JobConfig job, JobRows rows, List<DateRecord> former, Optional<DataStatistics> champion) {
        this.job = job;
        this.rows = rows;
        this.former = List.copyOf(former);
        this.champion = champion;
        this.checks = new DataChecks(job.retraining().checks());
    }

    /** What the last success hadn't seen; everything where there is none, or the job doesn't ask. */
    NewData newRows(DataSnapshot now) {
        Optional<NewDataConfig> config = job.retraining().schedule().newData();
        if (config.isEmpty()) {
            return new NewData(true, "Every date trains, whether rows are new or not", 0, 0, Optional.empty());
        }
        Optional<DateRecord> last = former.stream().findFirst();
        Optional<DataSnapshot> earlier = last.map(DateRecord::snapshot).map(DataInspection::snapshot);
        return switch (config.get().by()) {
            case FILES -> NewData.byFiles(now, earlier);
            case MODIFICATION_TIME -> NewData.byModificationTime(now, earlier);
            case WATERMARK ->
                NewData.byWatermark(
                        rows.training(), config.get().column().orElseThrow(), last.flatMap(DateRecord::watermark));
        };
    }

    private static DataSnapshot snapshot(JsonNode json) {
        return DataSnapshot.of(json);
    }

    /**
     * Checks the schema, which costs nothing.
     *
     * @throws RunException if it has changed, and that is to stop the run
     */
    List<CheckResult> checkSchema() {
        return champion.map(reference -> checks.schema(rows.training().schema(), reference))
                .orElse(List.of());
    }

    /** One pass over the training rows. */
    DataStatistics statistics() {
        Dataset<Row> training = rows.training();
        DatasetColumns columns = new DatasetColumns(String.join(", ", job.data().paths()), training);
        List<UsedColumn> used = UsedColumns.of(
                RowBinding.of(job, columns), columns, job.retraining().checks(), List.of());
        return DataStatistics.of(training, used);
    }

    /** Checks the values, against the champion's and former dates' where they have something to say. */
    List<CheckResult> checkValues(DataStatistics now) {
        List<Long> counts = former.stream().map(DateRecord::rows).toList();
        return checks.data(now, champion, counts);
    }

    /**
     * Ends the date where a check says so.
     *
     * @throws RunException with the reason
     */
    static void stopIfToldTo(List<CheckResult> results) {
        DataChecks.stopReason(results).ifPresent(reason -> {
            throw new RunException(RunException.Fault.DATA, reason);
        });
    }

    /** One list after the other. */
    static List<CheckResult> both(List<CheckResult> first, List<CheckResult> second) {
        List<CheckResult> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
