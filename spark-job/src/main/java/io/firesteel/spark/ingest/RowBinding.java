package io.firesteel.spark.ingest;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.spark.config.FeatureColumns;
import io.firesteel.spark.config.FeatureConfig;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.LabelConfig;
import io.firesteel.spark.config.WeightConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * A job's features, label and weight bound to the columns of a dataset.
 *
 * @param features one group per model input
 * @param label what the model learns
 * @param weight the column of the row weights, if the job names one
 */
public record RowBinding(List<ColumnGroup> features, ColumnGroup label, Optional<String> weight) {
    private static final TensorSpec WEIGHT = new TensorSpec("weight", ElementType.FLOAT32, List.of());

    public RowBinding {
        features = List.copyOf(features);
    }

    /**
     * Binds a job to the columns that its data has.
     *
     * @throws DataException if a column is missing, isn't numeric, or the shapes don't fit
     */
    public static RowBinding of(JobConfig job, DatasetColumns columns) {
        Set<String> reserved = new LinkedHashSet<>(job.label().columns());
        job.weight().map(WeightConfig::column).ifPresent(reserved::add);
        List<ColumnGroup> features = new ArrayList<>();
        for (int i = 0; i < job.features().size(); i++) {
            features.add(feature("features." + i, job.features().get(i), columns, reserved));
        }
        Optional<String> weight = job.weight().map(config -> columns.numeric("weight.column", config.column(), WEIGHT));
        return new RowBinding(features, label(job.label(), columns), weight);
    }

    /** The record that a row becomes. */
    public RowLayout layout() {
        return new RowLayout(inputs(), label.tensor(), weight.isPresent());
    }

    /** The model's inputs. */
    public List<TensorSpec> inputs() {
        return features.stream().map(ColumnGroup::tensor).toList();
    }

    /** Decodes rows of this binding. */
    public RowDecoder decoder(String dataset, LabelRange labels) {
        return new RowDecoder(dataset, features, label, labels, layout(), weight.orElse(null));
    }

    /** The columns that inputs are made of, once each. */
    public List<String> featureColumns() {
        return features.stream()
                .flatMap(group -> group.columns().stream())
                .distinct()
                .toList();
    }

    /** The columns of the label. */
    public List<String> labelColumns() {
        return label.columns();
    }

    /** Whether the label is one whole number, which names a class. */
    public boolean hasClasses() {
        return label.tensor().type() == ElementType.INT64 && label.columns().size() == 1;
    }

    /** Every column that a row is made of, once each: what the row's hash covers. */
    List<String> sources() {
        return Stream.of(
                        features.stream().flatMap(group -> group.columns().stream()),
                        label.columns().stream(),
                        weight.stream())
                .flatMap(stream -> stream)
                .distinct()
                .toList();
    }

    /** One Spark column per feature group, then the label, then the weight. */
    List<Column> values(DatasetColumns columns) {
        List<Column> values = new ArrayList<>();
        features.forEach(group -> values.add(columns.values(group)));
        values.add(columns.values(label));
        weight.ifPresent(name -> values.add(DatasetColumns.column(name).cast(DataTypes.FloatType)));
        return values;
    }

    private static ColumnGroup feature(String key, FeatureConfig config, DatasetColumns columns, Set<String> reserved) {
        if (config.columns() instanceof FeatureColumns.Whole whole) {
            return columns.whole(key, key + ".column", whole.name(), config);
        }
        FeatureColumns.Scalars scalars = (FeatureColumns.Scalars) config.columns();
        List<String> names = columns.expand(key + ".columns", scalars.patterns(), reserved);
        if (names.size() == 1 && !columns.isNumber(names.get(0))) {
            return columns.whole(key, key + ".columns", names.get(0), config);
        }
        List<Integer> shape = config.shape().orElse(List.of(names.size()));
        TensorSpec tensor = new TensorSpec(config.name(), config.type(), shape);
        names.forEach(name -> columns.numeric(key + ".columns", name, tensor));
        if (tensor.elements() != names.size()) {
            throw new DataException("Cannot shape " + key + ": " + shape + " holds " + tensor.elements()
                    + " values, but " + scalars.patterns() + " matches " + names.size() + " columns of "
                    + columns.dataset());
        }
        return new ColumnGroup(tensor, names, columns.encoding(names, tensor), config.scale(), config.offset());
    }

    private static ColumnGroup label(LabelConfig config, DatasetColumns columns) {
        List<Integer> shape = config.columns().size() == 1
                ? List.of()
                : List.of(config.columns().size());
        TensorSpec tensor = new TensorSpec("label", config.type(), shape);
        List<String> names = config.columns().stream()
                .map(name -> columns.numeric("label.column", name, tensor))
                .toList();
        return new ColumnGroup(tensor, names, columns.encoding(names, tensor), 1, 0);
    }

    /** The hash of a row, over the values as the source gives them. */
    Column hash(DatasetColumns columns, Column... salt) {
        return functions.xxhash64(
                Stream.concat(Stream.of(salt), sources().stream().map(columns::hashable))
                        .toArray(Column[]::new));
    }
}
