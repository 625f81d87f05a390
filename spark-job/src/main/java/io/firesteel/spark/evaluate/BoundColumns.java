package io.firesteel.spark.evaluate;

import io.firesteel.engine.data.DataException;
import io.firesteel.spark.evaluate.PredictionColumns.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The columns of an opened file that roles name: numbers one by one, an array taken apart, texts as they are. */
final class BoundColumns {
    private final String file;
    private final Dataset<Row> rows;

    /** @param file how messages name it */
    BoundColumns(String file, Dataset<Row> rows) {
        this.file = file;
        this.rows = rows;
    }

    /**
     * The columns of numbers of a role. Looks at all rows if one is an array.
     *
     * @throws IllegalArgumentException if there is no such column
     * @throws DataException if it doesn't hold numbers, or arrays of unequal length
     */
    List<NumberColumn> numbers(Role role, List<String> names) {
        List<NumberColumn> columns = new ArrayList<>();
        for (String name : names) {
            DataType type = type(role, name);
            if (type.equals(SQLDataTypes.VectorType())) {
                Column array = org.apache.spark.ml.functions.vector_to_array(column(name), "float64");
                columns.addAll(elements(name, array, DataTypes.DoubleType));
            } else if (type instanceof ArrayType array) {
                columns.addAll(elements(name, column(name), array.elementType()));
            } else {
                columns.add(number(name, column(name), type));
            }
        }
        return columns;
    }

    private List<NumberColumn> elements(String name, Column array, DataType element) {
        Column size = functions.size(array);
        Row sizes = rows.agg(functions.min(size), functions.max(size), functions.count_if(array.isNull()))
                .first();
        if (sizes.getLong(2) > 0) {
            throw new DataException("Cannot evaluate " + file + ": column " + name + " has no array in "
                    + sizes.getLong(2) + " rows (expected one in each)");
        }
        int least = sizes.isNullAt(0) ? 1 : sizes.getInt(0);
        int most = sizes.isNullAt(1) ? 1 : sizes.getInt(1);
        if (least != most || least == 0) {
            throw new DataException("Cannot evaluate " + file + ": arrays of column " + name + " have " + least + " to "
                    + most + " elements (expected as many in each row, at least 1)");
        }
        List<NumberColumn> columns = new ArrayList<>();
        for (int i = 0; i < least; i++) {
            columns.add(number(name + "[" + i + "]", functions.get(array, functions.lit(i)), element));
        }
        return columns;
    }

    private NumberColumn number(String name, Column column, DataType type) {
        if (!NumberColumn.isReadable(type)) {
            throw new DataException("Cannot evaluate " + file + ": column " + name + " is " + type.simpleString()
                    + " (expected numbers, or arrays of them)");
        }
        return new NumberColumn(name, column, type);
    }

    /**
     * A column as text.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    Column text(Role role, String name) {
        type(role, name);
        return column(name).cast(DataTypes.StringType);
    }

    /** Columns as an array of texts, those that are missing left out. */
    Column texts(Role role, List<String> names) {
        if (names.size() == 1 && type(role, names.get(0)) instanceof ArrayType) {
            return functions.array_compact(column(names.get(0)).cast(DataTypes.createArrayType(DataTypes.StringType)));
        }
        return functions.array_compact(
                functions.array(names.stream().map(name -> text(role, name)).toArray(Column[]::new)));
    }

    private DataType type(Role role, String name) {
        List<String> known = Arrays.asList(rows.columns());
        if (!known.contains(name)) {
            throw new IllegalArgumentException("Invalid columns: " + role.label() + "=" + name
                    + " (must be a column of " + file + ", which has " + known + ")");
        }
        return rows.schema().apply(name).dataType();
    }

    private static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }
}
