package io.firesteel.spark.evaluate;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/**
 * A column of numbers: its values as float64, with which a float32 or a whole number of 53 bits is the same number, and what can
 * be wrong with them. Text is read as a number, true as 1 and false as 0.
 */
final class NumberColumn {
    /** How many numbers {@link #statistics} gives. */
    static final int STATISTICS = 7;

    private static final double EXACT_WHOLE = 0x1p53;

    private final String name;
    private final DataType type;
    private final Column raw;
    private final Column value;

    /**
     * @param name for messages
     * @param raw the column
     * @param type of the column; {@link #isReadable}
     */
    NumberColumn(String name, Column raw, DataType type) {
        this.name = name;
        this.type = type;
        this.raw = type instanceof StringType ? functions.nullif(functions.trim(raw), functions.lit("")) : raw;
        this.value = type instanceof StringType
                ? ofText(this.raw)
                : (type instanceof BooleanType ? raw.cast(DataTypes.IntegerType) : raw).cast(DataTypes.DoubleType);
    }

    private static Column ofText(Column text) {
        return functions
                .when(functions.lower(text).equalTo("true"), 1.0)
                .when(functions.lower(text).equalTo("false"), 0.0)
                .otherwise(text.try_cast(DataTypes.DoubleType));
    }

    static boolean isReadable(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType || type instanceof StringType;
    }

    String name() {
        return name;
    }

    Column value() {
        return value;
    }

    /** Aggregates, in the order in which {@link NumberStatistics} reads them. */
    List<Column> statistics() {
        Column number = functions.when(functions.not(functions.isnan(value)), value);
        Column whole =
                functions.rint(number).equalTo(number).and(functions.abs(number).leq(EXACT_WHOLE));
        return List.of(
                functions.count_if(raw.isNull()),
                functions.count_if(raw.isNotNull().and(value.isNull())),
                functions.max(functions.when(raw.isNotNull().and(value.isNull()), raw.cast(DataTypes.StringType))),
                functions.min(number),
                functions.max(number),
                functions.coalesce(
                        functions.bool_and(functions.coalesce(whole, functions.lit(false))), functions.lit(true)),
                functions.coalesce(functions.bool_and(isWrittenWhole()), functions.lit(true)));
    }

    /** Whether a value is of a type of whole numbers, or written as one. */
    private Column isWrittenWhole() {
        if (type instanceof StringType) {
            return functions.coalesce(raw.rlike("(?i)^([-+]?[0-9]+|true|false)$"), functions.lit(false));
        }
        boolean fractional = type instanceof DoubleType
                || type instanceof FloatType
                || (type instanceof DecimalType decimal && decimal.scale() > 0);
        return functions.lit(!fractional);
    }
}
