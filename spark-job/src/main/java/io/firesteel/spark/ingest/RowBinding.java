package io.firesteel.spark.ingest;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.spark.config.FeatureConfig;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.WeightConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * A job's features, label and weight bound to the columns of a dataset.
 *
 * @param features one group per model input
 * @param label what the model learns
 * @param weight the column of the row weights, if the job names one
 */
public record RowBinding(List<ColumnGroup> features, ColumnGroup label, Optional<String> weight) {
    private static final int FRACTION_BITS = 53;

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
        FeatureBinding features = FeatureBinding.of(job.features(), reserved, columns);
        LabelBinding label = LabelBinding.of(job.label(), job.weight(), columns);
        return new RowBinding(features.groups(), label.label(), label.weight());
    }

    /** The job's features with the columns' names in place of patterns, and with their shapes. */
    public List<FeatureConfig> named(JobConfig job) {
        return new FeatureBinding(features).named(job.features());
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
        List<Column> values = new ArrayList<>(new FeatureBinding(features).values(columns));
        values.addAll(new LabelBinding(label, weight).values(columns));
        return values;
    }

    /** The hash of a row, over the values as the source gives them. */
    Column hash(DatasetColumns columns, Column... salt) {
        return functions.xxhash64(
                Stream.concat(Stream.of(salt), sources().stream().map(columns::hashable))
                        .toArray(Column[]::new));
    }

    /** A second, independent hash: it orders rows that share the first, and decides the split. */
    Column tieBreak(DatasetColumns columns) {
        return hash(columns, functions.lit("firesteel"));
    }

    /**
     * Whether a row is of the part that is kept from training: a row keeps its part when others are added, and equal rows are
     * never in both.
     *
     * @param fraction expected share of the rows kept, in (0, 1)
     */
    public Column isHeldOut(DatasetColumns columns, double fraction) {
        return functions
                .shiftrightunsigned(tieBreak(columns), Long.SIZE - FRACTION_BITS)
                .multiply(functions.lit(0x1p-53))
                .lt(fraction);
    }
}
