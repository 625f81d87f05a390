package io.firesteel.spark.predict;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which rows to predict, and where predictions go.
 *
 * @param model a {@link ModelLocation}
 * @param data the rows
 * @param output path or URI of what is written
 * @param outputFormat name of a Spark source; empty for the data's own, if it is one that predictions can be written in, else parquet
 * @param overwrite whether what is at the output may be replaced
 * @param columns that are kept; empty for all
 * @param extras columns beside the prediction; empty for what the model can give without being asked
 * @param batchSize rows that are predicted at once, &gt;= 1; empty for {@link Predictor#defaultBatchSize}
 * @param invalidRows what to do with a row that can't be predicted
 */
public record PredictionRequest(
        String model,
        DataRequest data,
        String output,
        Optional<String> outputFormat,
        boolean overwrite,
        List<String> columns,
        Optional<List<PredictionColumn>> extras,
        OptionalInt batchSize,
        InvalidRows invalidRows) {
    private static final Set<String> WRITABLE = Set.of("parquet", "orc", "json", "avro", DataRequest.CSV);
    private static final String OTHERWISE = "parquet";

    public PredictionRequest {
        columns = List.copyOf(columns);
        if (batchSize.isPresent() && batchSize.getAsInt() < 1) {
            throw new IllegalArgumentException("Invalid batch size: " + batchSize.getAsInt() + " (must be >= 1)");
        }
    }

    /** The format to write. */
    public String format() {
        return outputFormat.orElse(WRITABLE.contains(data.sourceFormat()) ? data.sourceFormat() : OTHERWISE);
    }
}
