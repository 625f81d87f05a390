package io.firesteel.spark.ingest;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.spark.config.FeatureConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/** The columns of an opened dataset: finds them by name or glob, checks their types, and makes tensors' values of them. */
public final class DatasetColumns {
    private final String dataset;
    private final Dataset<Row> rows;

    /**
     * @param dataset how messages name it
     * @param rows the opened dataset
     */
    public DatasetColumns(String dataset, Dataset<Row> rows) {
        this.dataset = dataset;
        this.rows = rows;
    }

    /** All names, in the order of the dataset. */
    public List<String> names() {
        return List.of(rows.columns());
    }

    String dataset() {
        return dataset;
    }

    /**
     * The columns that some patterns name, in the order of the patterns and, within a glob, of the dataset.
     *
     * @param key of the job file, for the message
     * @param patterns names or globs
     * @param reserved columns that globs leave out
     * @throws DataException if a pattern names none
     */
    public List<String> expand(String key, List<String> patterns, Set<String> reserved) {
        Set<String> names = new LinkedHashSet<>();
        for (String pattern : patterns) {
            if (Arrays.asList(rows.columns()).contains(pattern)) {
                names.add(pattern);
            } else {
                List<String> matched = Arrays.stream(rows.columns())
                        .filter(name -> ColumnPatterns.matchAny(List.of(pattern), name))
                        .filter(name -> !reserved.contains(name))
                        .toList();
                if (matched.isEmpty()) {
                    throw unknown(key, pattern);
                }
                names.addAll(matched);
            }
        }
        return new ArrayList<>(names);
    }

    boolean isNumber(String name) {
        return isNumber(type(name));
    }

    /** The name, if the column is there and numeric. */
    String numeric(String key, String name, TensorSpec tensor) {
        if (!Arrays.asList(rows.columns()).contains(name)) {
            throw unknown(key, name);
        }
        DataType type = type(name);
        if (!isNumber(type)) {
            throw type instanceof StringType ? text(key, name) : unusable(key, name, "", "a number");
        }
        if (tensor.type() == ElementType.INT64 && !"label".equals(tensor.name()) && isFractional(type)) {
            throw notWhole(key, name);
        }
        return name;
    }

    /** A column that holds a whole input by itself; {@code columnKey} is the key of the job that names it. */
    ColumnGroup whole(String key, String columnKey, String name, FeatureConfig config) {
        if (!Arrays.asList(rows.columns()).contains(name)) {
            throw unknown(columnKey, name);
        }
        DataType type = type(name);
        if (isNumber(type)) {
            return number(key, columnKey, name, config);
        }
        if (!isVector(type) && !(type instanceof BinaryType) && !isNumericArray(type)) {
            numeric(columnKey, name, new TensorSpec(config.name(), config.type(), List.of()));
        }
        if (config.type() == ElementType.INT64 && hasFractions(type)) {
            throw notWhole(columnKey, name);
        }
        TensorSpec tensor = new TensorSpec(config.name(), config.type(), shape(key, name, config));
        return new ColumnGroup(tensor, List.of(name), wholeEncoding(type, tensor), config.scale(), config.offset());
    }

    private ColumnGroup number(String key, String columnKey, String name, FeatureConfig config) {
        List<Integer> shape = config.shape().orElse(List.of(1));
        TensorSpec tensor = new TensorSpec(config.name(), config.type(), shape);
        numeric(columnKey, name, tensor);
        checkElements(key, name, shape, 1);
        return new ColumnGroup(tensor, List.of(name), encoding(List.of(name), tensor), config.scale(), config.offset());
    }

    /** The shape that the job gives, or the length that the source wrote beside the column. */
    private List<Integer> shape(String key, String name, FeatureConfig config) {
        Optional<Integer> size = vectorSize(name);
        if (config.shape().isPresent() && size.isPresent()) {
            checkElements(key, name, config.shape().get(), size.get());
        }
        return config.shape()
                .or(() -> size.map(List::of))
                .orElseThrow(
                        () -> new DataException("Cannot shape " + key + ": column " + name + " of " + dataset + " is "
                                + type(name).simpleString() + " and doesn't tell its length (give " + key + ".shape)"));
    }

    private void checkElements(String key, String name, List<Integer> shape, int values) {
        int elements = new TensorSpec(name, ElementType.FLOAT32, shape).elements();
        if (elements != values) {
            throw new DataException("Cannot shape " + key + ": " + shape + " holds " + elements + " values, but column "
                    + name + " of " + dataset + " holds " + values);
        }
    }

    /** How the values of scalar columns arrive. */
    ColumnGroup.Encoding encoding(List<String> names, TensorSpec tensor) {
        if (tensor.type() == ElementType.FLOAT32) {
            return ColumnGroup.Encoding.FLOATS;
        }
        boolean fractional = names.stream().anyMatch(name -> isFractional(type(name)));
        return fractional ? ColumnGroup.Encoding.DOUBLES : ColumnGroup.Encoding.LONGS;
    }

    /** A group's values as one Spark column. */
    Column values(ColumnGroup group) {
        DataType element = elementType(group.encoding());
        String first = group.columns().get(0);
        if (group.encoding() == ColumnGroup.Encoding.BYTES) {
            return column(first);
        }
        if (isVector(type(first))) {
            return org.apache.spark.ml.functions.vector_to_array(column(first), "float32");
        }
        if (type(first) instanceof ArrayType) {
            return column(first).cast(DataTypes.createArrayType(element));
        }
        return functions.array(
                group.columns().stream().map(name -> column(name).cast(element)).toArray(Column[]::new));
    }

    /** Whether {@link #values} computes nothing. */
    boolean isReadAsItIs(ColumnGroup group) {
        DataType type = type(group.columns().get(0));
        return group.encoding() == ColumnGroup.Encoding.BYTES
                || (type instanceof ArrayType array && array.elementType().equals(elementType(group.encoding())));
    }

    /** A column in a form that Spark can hash. */
    public Column hashable(String name) {
        return isVector(type(name))
                ? org.apache.spark.ml.functions.vector_to_array(column(name), "float64")
                : column(name);
    }

    /** A column by its name, whatever characters that has. */
    public static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    private ColumnGroup.Encoding wholeEncoding(DataType type, TensorSpec tensor) {
        if (type instanceof BinaryType) {
            return ColumnGroup.Encoding.BYTES;
        }
        return tensor.type() == ElementType.INT64 ? ColumnGroup.Encoding.LONGS : ColumnGroup.Encoding.FLOATS;
    }

    private static DataType elementType(ColumnGroup.Encoding encoding) {
        return switch (encoding) {
            case FLOATS, BYTES -> DataTypes.FloatType;
            case DOUBLES -> DataTypes.DoubleType;
            case LONGS -> DataTypes.LongType;
        };
    }

    /** Sources such as libsvm write the size of their vectors beside the column. */
    private Optional<Integer> vectorSize(String name) {
        StructField field = rows.schema().apply(name);
        return field.metadata().contains("numFeatures")
                ? Optional.of((int) field.metadata().getLong("numFeatures"))
                : Optional.empty();
    }

    private DataType type(String name) {
        return rows.schema().apply(name).dataType();
    }

    private DataException unknown(String key, String name) {
        return new DataException("Cannot find column " + name + " for " + key + ": " + dataset + " has the columns "
                + String.join(", ", rows.columns()));
    }

    /** Why a column of text can't be used: the first value that isn't a number, so that the reader needn't search for it. */
    private DataException text(String key, String name) {
        if (rows.isEmpty()) {
            // Every column of a CSV file without rows is text.
            return new DataException("Cannot use " + dataset + ": it has no rows (expected at least 1)");
        }
        Column text = column(name);
        Column number = functions.expr("try_cast(`" + name.replace("`", "``") + "` as double)");
        List<Row> found =
                rows.where(text.isNotNull().and(number.isNull())).select(text).takeAsList(1);
        return found.isEmpty()
                ? unusable(key, name, "", "a number; set data.options.inferSchema: \"true\"")
                : unusable(key, name, " and holds '" + found.get(0).getString(0) + "'", "a number");
    }

    private DataException notWhole(String key, String name) {
        return unusable(key, name, "", "whole numbers for type int64");
    }

    private DataException unusable(String key, String name, String example, String expected) {
        return new DataException("Cannot use column " + name + " of " + dataset + " for " + key + ": it is "
                + type(name).simpleString() + example + " (expected " + expected + ")");
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }

    private static boolean isFractional(DataType type) {
        return type instanceof FloatType || type instanceof DoubleType || type instanceof DecimalType;
    }

    private static boolean hasFractions(DataType type) {
        return isVector(type) || (type instanceof ArrayType array && isFractional(array.elementType()));
    }

    private static boolean isVector(DataType type) {
        return type.equals(SQLDataTypes.VectorType());
    }

    private static boolean isNumericArray(DataType type) {
        return type instanceof ArrayType array && isNumber(array.elementType());
    }
}
