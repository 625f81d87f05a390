package io.firesteel.spark.predict;

import io.firesteel.spark.ingest.DatasetColumns;
import io.firesteel.spark.ingest.FeatureBinding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * Rows as the tasks of a prediction read them: features from column 0 on, side by side, then what is kept.
 *
 * @param rows with nothing else
 * @param kept where what is kept stands
 */
record PredictionInputs(Dataset<Row> rows, KeptColumns kept) {
    /**
     * Selects the columns. Where features are columns that need no work, the plan stays a bare scan: a projection would copy every row.
     *
     * @param name how messages call the rows
     * @param binding of the model to {@code seen}
     * @param seen the rows as the model sees them
     * @param kept columns of the rows
     */
    static PredictionInputs of(
            Dataset<Row> rows,
            String name,
            LoadedModel model,
            FeatureBinding binding,
            DatasetColumns seen,
            List<String> kept) {
        List<DataType> types = kept.stream()
                .map(column -> rows.schema().apply(column).dataType())
                .toList();
        if (model.description().derive().isEmpty() && binding.readsColumnsAsTheyAre(seen)) {
            Set<String> columns = new LinkedHashSet<>(binding.sources());
            columns.addAll(kept);
            List<String> selected = List.copyOf(columns);
            return new PredictionInputs(
                    rows.select(columns(selected)),
                    new KeptColumns(kept.stream().map(selected::indexOf).toList(), types));
        }
        HiddenColumns hidden = new HiddenColumns(rows, name);
        hidden.add(model, false, binding.values(seen));
        int features = binding.groups().size();
        return new PredictionInputs(
                hidden.before(List.of(columns(kept))),
                new KeptColumns(
                        IntStream.range(features, features + kept.size())
                                .boxed()
                                .toList(),
                        types));
    }

    private static Column[] columns(List<String> names) {
        List<Column> columns = new ArrayList<>();
        names.forEach(name -> columns.add(HiddenColumns.column(name)));
        return columns.toArray(Column[]::new);
    }
}
