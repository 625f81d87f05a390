package io.firesteel.spark.ingest;

import io.firesteel.spark.SharedSpark;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.JobFile;
import io.firesteel.spark.config.Substitutions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Small datasets, and jobs over them. */
final class Tables {
    static final String DATASET = "rows.csv";

    private Tables() {}

    /** A dataset of a schema like {@code "a int, b array<float>"}. */
    static Dataset<Row> table(String schema, Object[]... rows) {
        List<Row> all = List.of(rows).stream().map(RowFactory::create).toList();
        return SharedSpark.session().createDataFrame(all, StructType.fromDDL(schema));
    }

    static Object[] row(Object... values) {
        return values;
    }

    static DatasetColumns columns(Dataset<Row> rows) {
        return new DatasetColumns(DATASET, rows);
    }

    /** A job with these features and label {@code y}; more lines may follow. */
    static JobConfig job(String feature, String... lines) {
        String text = """
                name: job
                data: {format: csv, path: rows.csv}
                features: [%s]
                model: {type: linear, outputs: 3}
                optimizer: {type: sgd}
                train: {epochs: 1}
                """.formatted(feature) + String.join("\n", lines);
        String label = text.contains("label:") ? "" : "\nlabel: {column: y, type: int64}\nloss: crossEntropy\n";
        return JobFile.parse(text + label, "job.yaml", new Substitutions(Map.of(), "/", Optional.empty()), List.of());
    }

    static RowBinding bind(Dataset<Row> rows, String feature, String... lines) {
        return RowBinding.of(job(feature, lines), columns(rows));
    }
}
