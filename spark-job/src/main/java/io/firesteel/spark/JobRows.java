package io.firesteel.spark;

import io.firesteel.connectors.source.DatasetLocation;
import io.firesteel.engine.data.DataException;
import io.firesteel.spark.config.DataConfig;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.ValidationConfig;
import io.firesteel.spark.ingest.DatasetColumns;
import io.firesteel.spark.ingest.RowBinding;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The rows of a job as its data has them, with every column: what checks look at and models are compared on. They are the rows that
 * training reads; nothing is read before somebody asks.
 *
 * @param training the rows that training learns from
 * @param heldOut the rows that it doesn't see; empty if the job keeps none
 */
public record JobRows(Dataset<Row> training, Optional<Dataset<Row>> heldOut) {
    /**
     * Opens the data of a job.
     *
     * @throws DataException if it isn't there or doesn't fit the job
     */
    public static JobRows open(JobConfig job, SparkSession spark) {
        DataConfig data = job.data();
        DatasetLocation location =
                new DatasetLocation(data.format(), data.paths(), data.options(), data.derive(), data.where());
        Dataset<Row> rows = location.open(spark);
        if (data.validation().isEmpty()) {
            return new JobRows(rows, Optional.empty());
        }
        ValidationConfig validation = data.validation().get();
        if (validation instanceof ValidationConfig.Data own) {
            DatasetLocation other =
                    new DatasetLocation(own.format(), own.paths(), own.options(), data.derive(), own.where());
            return new JobRows(rows, Optional.of(other.open(spark)));
        }
        DatasetColumns columns = new DatasetColumns(location.describe(), rows);
        Column heldOut =
                RowBinding.of(job, columns).isHeldOut(columns, ((ValidationConfig.Split) validation).fraction());
        return new JobRows(rows.where(functions.not(heldOut)), Optional.of(rows.where(heldOut)));
    }
}
