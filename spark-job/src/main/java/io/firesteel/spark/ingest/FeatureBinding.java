package io.firesteel.spark.ingest;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.spark.config.FeatureColumns;
import io.firesteel.spark.config.FeatureConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;

/**
 * Features bound to the columns of a dataset: all that a model needs of it for predicting.
 *
 * @param groups one per model input
 */
public record FeatureBinding(List<ColumnGroup> groups) {
    public FeatureBinding {
        groups = List.copyOf(groups);
    }

    /**
     * Binds features to the columns that the data has.
     *
     * @param reserved columns that no pattern matches
     * @throws DataException if a column is missing, isn't numeric, or the shapes don't fit
     */
    public static FeatureBinding of(List<FeatureConfig> features, Set<String> reserved, DatasetColumns columns) {
        List<ColumnGroup> groups = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            groups.add(feature("features." + i, features.get(i), columns, reserved));
        }
        return new FeatureBinding(groups);
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

    /** The model's inputs. */
    public List<TensorSpec> inputs() {
        return groups.stream().map(ColumnGroup::tensor).toList();
    }

    /**
     * The features with the columns' names in place of patterns, and with their shapes: they mean the same in other data, whatever
     * columns that has beside, and in whatever order.
     *
     * @param asked those that were bound
     */
    public List<FeatureConfig> named(List<FeatureConfig> asked) {
        List<FeatureConfig> named = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            named.add(named(asked.get(i), groups.get(i)));
        }
        return named;
    }

    private static FeatureConfig named(FeatureConfig asked, ColumnGroup group) {
        boolean scalars = group.columns().size() == group.tensor().elements()
                && asked.columns() instanceof FeatureColumns.Scalars;
        FeatureColumns columns = scalars
                ? new FeatureColumns.Scalars(group.columns())
                : new FeatureColumns.Whole(group.columns().get(0));
        return new FeatureConfig(
                asked.name(),
                columns,
                Optional.of(group.tensor().shape()),
                asked.type(),
                asked.scale(),
                asked.offset());
    }

    /** Every column that the features are made of; one may be there twice. */
    public List<String> sources() {
        return groups.stream().flatMap(group -> group.columns().stream()).toList();
    }

    /** Whether each feature is a column of its own that {@link #decoder} reads as the dataset has it: {@link #values} computes nothing. */
    public boolean readsColumnsAsTheyAre(DatasetColumns columns) {
        return Set.copyOf(sources()).size() == groups.size()
                && sources().size() == groups.size()
                && groups.stream().allMatch(columns::isReadAsItIs);
    }

    /** One Spark column per group, as {@link #decoder} reads it. */
    public List<Column> values(DatasetColumns columns) {
        return groups.stream().map(columns::values).toList();
    }

    /** Decodes rows of this binding; {@code dataset} is how messages name them. */
    public InputDecoder decoder(String dataset) {
        return new InputDecoder(dataset, groups);
    }
}
