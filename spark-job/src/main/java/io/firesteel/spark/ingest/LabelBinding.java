package io.firesteel.spark.ingest;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.spark.config.LabelConfig;
import io.firesteel.spark.config.WeightConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * Label and weight bound to the columns of a dataset: what predictions are compared with.
 *
 * @param label what the model learns
 * @param weight the column of the row weights, if rows have some
 */
public record LabelBinding(ColumnGroup label, Optional<String> weight) {
    private static final TensorSpec WEIGHT = new TensorSpec("weight", ElementType.FLOAT32, List.of());
    private static final String WAY_OUT =
            "leave such rows out by the condition \"%s IS NOT NULL\", or fill them before";

    /**
     * Binds label and weight to the columns that the data has.
     *
     * @throws DataException if a column is missing or isn't numeric
     */
    public static LabelBinding of(LabelConfig label, Optional<WeightConfig> weight, DatasetColumns columns) {
        Optional<String> column = weight.map(config -> columns.numeric("weight.column", config.column(), WEIGHT));
        return new LabelBinding(group(label, columns), column);
    }

    private static ColumnGroup group(LabelConfig config, DatasetColumns columns) {
        List<Integer> shape = config.columns().size() == 1
                ? List.of()
                : List.of(config.columns().size());
        TensorSpec tensor = new TensorSpec("label", config.type(), shape);
        List<String> names = config.columns().stream()
                .map(name -> columns.numeric("label.column", name, tensor))
                .toList();
        return new ColumnGroup(tensor, names, columns.encoding(names, tensor), 1, 0);
    }

    /** What a label becomes. */
    public TensorSpec tensor() {
        return label.tensor();
    }

    /** Every column that they are made of. */
    public List<String> sources() {
        return Stream.concat(label.columns().stream(), weight.stream()).toList();
    }

    /** The label, and the weight where there is one, each as one Spark column, as {@link #decoder} reads them. */
    public List<Column> values(DatasetColumns columns) {
        List<Column> values = new ArrayList<>();
        values.add(columns.values(label));
        weight.ifPresent(name -> values.add(DatasetColumns.column(name).cast(DataTypes.FloatType)));
        return values;
    }

    /** Decodes rows of this binding; {@code dataset} is how messages name them. */
    public LabelDecoder decoder(String dataset, LabelRange range) {
        return new LabelDecoder(new GroupDecoder(dataset, label, WAY_OUT), range, weight.orElse(null));
    }
}
