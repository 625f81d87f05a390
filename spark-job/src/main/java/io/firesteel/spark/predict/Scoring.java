package io.firesteel.spark.predict;

import io.firesteel.engine.data.DataException;
import io.firesteel.spark.ingest.DatasetColumns;
import io.firesteel.spark.ingest.FeatureBinding;
import io.firesteel.spark.ingest.InternalRows;
import io.firesteel.spark.ingest.LabelBinding;
import io.firesteel.spark.ingest.LabelRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import scala.reflect.ClassTag$;

/**
 * Labelled rows predicted by several models in one pass: what an evaluation reads, and a comparison. Each model sees the rows as its own
 * description says; labels and weights are those of the first. The driver calls.
 */
public final class Scoring {
    private final Dataset<Row> rows;
    private final String name;
    private final List<LoadedModel> models;
    private final List<String> carried;
    private final Optional<Baseline> baseline;
    private final boolean identified;

    private Scoring(
            Dataset<Row> rows,
            String name,
            List<LoadedModel> models,
            List<String> carried,
            Optional<Baseline> baseline,
            boolean identified) {
        if (models.isEmpty()) {
            throw new IllegalArgumentException("Invalid models: none (must be at least one)");
        }
        this.rows = rows;
        this.name = name;
        this.models = List.copyOf(models);
        this.carried = List.copyOf(carried);
        this.baseline = baseline;
        this.identified = identified;
    }

    /**
     * Names what to score.
     *
     * @param rows with the columns of all models' features, and of the first one's label and weight
     * @param name how messages call the rows
     * @param models at least one; the first one's label and loss decide what labels are
     * @param carried columns that batches have as text, derived ones of the first model included
     * @param baseline a column that is scored like a model, after all of them
     */
    public static Scoring of(
            Dataset<Row> rows,
            String name,
            List<LoadedModel> models,
            List<String> carried,
            Optional<Baseline> baseline) {
        return new Scoring(rows, name, models, carried, baseline, true);
    }

    /** The same for who resamples nothing: all ids are 0, and no row is hashed. */
    public Scoring withoutIds() {
        return new Scoring(rows, name, models, carried, baseline, false);
    }

    /**
     * Scores. Rows are read whenever the result is computed.
     *
     * @return for each partition, in their order, what the function gave
     * @throws DataException if a column is missing or has a type that a model can't use; when the result is computed, if a value
     *     can't be used
     * @throws IllegalArgumentException if a column that is to be carried isn't there
     */
    public <T> JavaRDD<T> map(BatchFunction<T> function) {
        HiddenColumns hidden = new HiddenColumns(rows, name);
        LoadedModel first = models.get(0);
        DatasetColumns seen = hidden.seenBy(first, true);
        LabelBinding label =
                LabelBinding.of(first.description().label(), first.description().weight(), seen);
        List<FeatureBinding> features = new ArrayList<>();
        for (LoadedModel model : models) {
            features.add(model.bind(hidden.seenBy(model, true)));
        }
        hidden.add(first, true, ofFirst(seen, features.get(0), label));
        for (int i = 0; i < models.size(); i++) {
            DatasetColumns columns = hidden.seenBy(models.get(i), true);
            hidden.add(models.get(i), true, features.get(i).values(columns));
        }
        ScoringTask<T> task = new ScoringTask<>(plan(features, label), function);
        return InternalRows.of(hidden.before(List.of())).mapPartitions(task, true);
    }

    /** Id, carried columns and baseline, label, weight: as {@link ScoringPlan} counts them. */
    private List<Column> ofFirst(DatasetColumns seen, FeatureBinding features, LabelBinding label) {
        List<Column> values = new ArrayList<>();
        Column[] sources = Stream.concat(features.sources().stream(), label.sources().stream())
                .distinct()
                .map(seen::hashable)
                .toArray(Column[]::new);
        values.add(identified ? functions.xxhash64(sources) : functions.lit(0L));
        for (String column : carried) {
            values.add(known(seen, column, "group by").cast(DataTypes.StringType));
        }
        baseline.ifPresent(
                found -> values.add(known(seen, found.column(), "compare with").cast(DataTypes.DoubleType)));
        values.addAll(label.values(seen));
        return values;
    }

    private Column known(DatasetColumns seen, String column, String verb) {
        if (!seen.names().contains(column)) {
            throw new IllegalArgumentException("Cannot " + verb + " column " + column + ": " + name
                    + " has no such column (expected one of " + String.join(", ", seen.names()) + ")");
        }
        return HiddenColumns.column(column);
    }

    private ScoringPlan plan(List<FeatureBinding> features, LabelBinding label) {
        SparkSession spark = rows.sparkSession();
        List<ScoringPlan.Scorer> scorers = new ArrayList<>();
        int outputs = 0;
        for (int i = models.size() - 1; i >= 0; i--) {
            NetworkSource source = models.get(i).source(features.get(i).inputs());
            outputs = models.get(i).outputs(source);
            Broadcast<NetworkSource> network =
                    spark.sparkContext().broadcast(source, ClassTag$.MODULE$.apply(NetworkSource.class));
            scorers.add(
                    0,
                    new ScoringPlan.Scorer(
                            network,
                            features.get(i).decoder(name),
                            features.get(i).groups().size()));
        }
        LabelRange range = LabelRange.of(models.get(0).description().loss(), outputs);
        return new ScoringPlan(
                name,
                identified,
                carried.size(),
                baseline.orElse(null),
                label.decoder(name, range),
                label.tensor(),
                label.weight().isPresent(),
                List.copyOf(scorers));
    }
}
