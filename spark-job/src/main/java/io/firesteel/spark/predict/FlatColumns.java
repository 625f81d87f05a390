package io.firesteel.spark.predict;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows for formats that hold numbers and texts only: arrays of predictions become a column each element, others JSON, bytes Base64. */
final class FlatColumns {
    private FlatColumns() {}

    static Dataset<Row> of(Dataset<Row> rows) {
        List<Column> columns = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            Column column = HiddenColumns.column(field.name());
            if (field.dataType() instanceof ArrayType && field.metadata().contains(PredictionForm.WIDTH)) {
                columns.addAll(elements(field, column));
            } else {
                columns.add(flat(field.dataType(), column).as(field.name()));
            }
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    private static List<Column> elements(StructField field, Column array) {
        List<Column> elements = new ArrayList<>();
        for (int i = 0; i < field.metadata().getLong(PredictionForm.WIDTH); i++) {
            elements.add(functions.get(array, functions.lit(i)).as(singular(field.name()) + "_" + i));
        }
        return elements;
    }

    private static String singular(String name) {
        return switch (name) {
            case "probabilities" -> "probability";
            case "logits" -> "logit";
            default -> name;
        };
    }

    private static Column flat(DataType type, Column column) {
        if (type.equals(SQLDataTypes.VectorType())) {
            return functions.to_json(org.apache.spark.ml.functions.vector_to_array(column, "float64"));
        }
        if (type instanceof ArrayType || type instanceof MapType || type instanceof StructType) {
            return functions.to_json(column);
        }
        return type instanceof BinaryType ? functions.base64(column) : column;
    }
}
