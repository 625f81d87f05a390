package io.firesteel.spark.predict;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.spark.ingest.DatasetColumns;
import io.firesteel.spark.ingest.FeatureBinding;
import io.firesteel.spark.ingest.InternalRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/**
 * Predicts the rows of a DataFrame with a trained model: one row out for each row in, in their order, with its columns and {@code
 * prediction} (see {@link PredictionColumn} for what else there may be). Executors load the model once each, and predict batches of
 * rows without a copy of them as Java objects.
 *
 * <p>Immutable and safe for many uses; there is nothing to close. The driver calls.
 *
 * <pre>{@code
 * Dataset<Row> predicted = Predictor.load("runs/digits-mlp/2026-01-31", spark).transform(rows);
 * }</pre>
 */
public final class Predictor {
    private static final int BATCH_STEP = 64;
    private static final int LARGEST_DEFAULT = 1024;
    /** Inputs of a batch that stay in a core's second cache while rows stream through it. */
    private static final int CACHED_BYTES = 640 << 10;

    private final PreparedModel model;
    /** Empty: what the model can give without being asked. */
    private final Optional<List<PredictionColumn>> extras;

    private final Optional<List<String>> kept;
    /** Empty: {@link #defaultBatchSize}. */
    private final OptionalInt batchSize;

    private final InvalidRows invalidRows;
    private final LongAccumulator predicted;

    private Predictor(
            PreparedModel model,
            Optional<List<PredictionColumn>> extras,
            Optional<List<String>> kept,
            OptionalInt batchSize,
            InvalidRows invalidRows,
            LongAccumulator predicted) {
        this.model = model;
        this.extras = extras;
        this.kept = kept;
        this.batchSize = batchSize;
        this.invalidRows = invalidRows;
        this.predicted = predicted;
    }

    /**
     * Loads a model.
     *
     * @param location its directory, that of the run that trained it, or {@code REGISTRY@alias}: Hadoop paths or URIs
     * @throws DataException if there is none, or it is damaged
     * @throws io.firesteel.connectors.hadoop.ArtifactException if it can't be read
     */
    public static Predictor load(String location, SparkSession spark) {
        return of(LoadedModel.load(location, spark), spark);
    }

    /** Predicts with a model that is loaded. */
    public static Predictor of(LoadedModel model, SparkSession spark) {
        return new Predictor(
                new PreparedModel(model, spark),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                InvalidRows.ERROR,
                null);
    }

    /** What is predicted with. */
    public LoadedModel model() {
        return model.model();
    }

    /**
     * Rows that are predicted at once, unless {@link #batchSize} says otherwise: from 64 to 1024 in steps of 64, as many as have inputs
     * of at most 640 KiB. Smaller batches cost calls; larger ones have left the processor's second cache when the network reads them.
     *
     * @param inputs of the model
     */
    public static int defaultBatchSize(List<TensorSpec> inputs) {
        long bytes = inputs.stream().mapToLong(TensorSpec::bytes).sum();
        long fitting = CACHED_BYTES / Math.max(1, bytes) / BATCH_STEP * BATCH_STEP;
        return (int) Math.max(BATCH_STEP, Math.min(LARGEST_DEFAULT, fitting));
    }

    /** The same with just these columns beside {@code prediction}, in this order; without a call, the probabilities of a classifier. */
    public Predictor with(PredictionColumn... columns) {
        List<PredictionColumn> asked = List.copyOf(new LinkedHashSet<>(Arrays.asList(columns)));
        return new Predictor(model, Optional.of(asked), kept, batchSize, invalidRows, predicted);
    }

    /** The same that keeps just these columns of the rows, in this order, at least one; without a call, all. */
    public Predictor keeping(String... columns) {
        if (columns.length == 0) {
            throw new IllegalArgumentException("Invalid columns to keep: none (must be at least one)");
        }
        return new Predictor(model, extras, Optional.of(List.of(columns)), batchSize, invalidRows, predicted);
    }

    /** The same with so many rows predicted at once, &gt;= 1. It changes no prediction by more than rounding. */
    public Predictor batchSize(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("Invalid batch size: " + rows + " (must be >= 1)");
        }
        return new Predictor(model, extras, kept, OptionalInt.of(rows), invalidRows, predicted);
    }

    /** The same with another way with rows that can't be predicted; {@link InvalidRows#ERROR} without a call. */
    public Predictor invalidRows(InvalidRows treatment) {
        return new Predictor(model, extras, kept, batchSize, treatment, predicted);
    }

    /** The same that counts rows as they are predicted. */
    Predictor counting(LongAccumulator counter) {
        return new Predictor(model, extras, kept, batchSize, invalidRows, counter);
    }

    /**
     * Adds predictions to rows. The rows are predicted whenever the result is computed; only where adaptive execution has shuffles to
     * plan for, those run now.
     *
     * @param rows with the columns of the model's features; a label isn't needed
     * @return the columns kept, then the predictions
     * @throws DataException if a column is missing or has a type that the model can't use; when the result is computed, if a value
     *     can't be used
     * @throws IllegalArgumentException if a column that is to be kept isn't there, or the model can't give a column
     */
    public Dataset<Row> transform(Dataset<Row> rows) {
        return transform(rows, "the data");
    }

    /** @param name how messages call the rows */
    Dataset<Row> transform(Dataset<Row> rows, String name) {
        List<String> columns = kept.orElse(List.of(rows.columns()));
        DatasetColumns seen = new HiddenColumns(rows, name).seenBy(model(), false);
        FeatureBinding binding = model().bind(seen);
        PredictionForm form = new PredictionForm(
                model().description().loss(),
                model.widths(binding.inputs(), extras().contains(PredictionColumn.EMBEDDING)),
                extras());
        StructType schema = schema(rows, name, columns, form);
        PredictionInputs inputs = PredictionInputs.of(rows, name, model(), binding, seen, columns);
        return frame(
                inputs.rows(),
                new PredictionTask(
                        model.network(binding.inputs()),
                        binding.decoder(name),
                        form,
                        inputs.kept(),
                        batchSize.orElseGet(() -> defaultBatchSize(binding.inputs())),
                        invalidRows,
                        predicted),
                schema);
    }

    private List<PredictionColumn> extras() {
        LossFunction loss = model().description().loss();
        return extras.orElse(loss.isOfClassifiers() ? List.of(PredictionColumn.PROBABILITIES) : List.of());
    }

    private static StructType schema(Dataset<Row> rows, String name, List<String> columns, PredictionForm form) {
        List<String> known = Arrays.asList(rows.columns());
        List<StructField> fields = new ArrayList<>();
        for (String column : columns) {
            if (!known.contains(column)) {
                throw new IllegalArgumentException("Cannot keep column " + column + ": " + name
                        + " has no such column (expected one of " + String.join(", ", known) + ")");
            }
            fields.add(rows.schema().apply(column));
        }
        Set<String> taken = new LinkedHashSet<>(columns);
        for (StructField field : form.fields()) {
            if (!taken.add(field.name())) {
                throw new IllegalArgumentException("Cannot add column " + field.name() + ": " + name
                        + " has one of that name already (rename it, or keep other columns)");
            }
            fields.add(field);
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    private Dataset<Row> frame(Dataset<Row> inputs, PredictionTask task, StructType schema) {
        JavaRDD<InternalRow> rows = InternalRows.of(inputs).mapPartitions(task, true);
        return ((org.apache.spark.sql.classic.SparkSession) model.spark())
                .internalCreateDataFrame(rows.rdd(), schema, false);
    }
}
