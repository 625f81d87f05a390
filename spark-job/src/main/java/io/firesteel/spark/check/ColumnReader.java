package io.firesteel.spark.check;

import io.firesteel.spark.ingest.DatasetColumns;
import java.io.DataInput;
import java.io.IOException;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** How the values of a column are read: as numbers, as text, or as there or not. */
enum ColumnReader {
    NUMBER {
        @Override
        Column select(Column column, DataType type) {
            if (type instanceof DateType) {
                return functions.unix_date(column).cast(DataTypes.DoubleType);
            }
            Column time = type instanceof TimestampNTZType ? column.cast(DataTypes.TimestampType) : column;
            return time.cast(DataTypes.DoubleType);
        }

        @Override
        NumberState start(int bins) {
            return new NumberState(NumberState.Form.DOUBLE, bins);
        }

        @Override
        NumberState read(int bins, DataInput in) throws IOException {
            return NumberState.read(NumberState.Form.DOUBLE, bins, in);
        }
    },
    NUMBERS {
        @Override
        Column select(Column column, DataType type) {
            return isVector(type)
                    ? org.apache.spark.ml.functions.vector_to_array(column, "float64")
                    : column.cast(DataTypes.createArrayType(DataTypes.DoubleType));
        }

        @Override
        NumberState start(int bins) {
            return new NumberState(NumberState.Form.DOUBLES, bins);
        }

        @Override
        NumberState read(int bins, DataInput in) throws IOException {
            return NumberState.read(NumberState.Form.DOUBLES, bins, in);
        }
    },
    BYTES {
        @Override
        Column select(Column column, DataType type) {
            return column;
        }

        @Override
        NumberState start(int bins) {
            return new NumberState(NumberState.Form.BYTES, bins);
        }

        @Override
        NumberState read(int bins, DataInput in) throws IOException {
            return NumberState.read(NumberState.Form.BYTES, bins, in);
        }
    },
    TEXT {
        @Override
        Column select(Column column, DataType type) {
            return isFractional(type) ? wholeAsSuch(column) : beginning(column.cast(DataTypes.StringType));
        }

        /** Of a source without whole numbers, class 1 isn't "1.0". */
        private Column wholeAsSuch(Column column) {
            Column number = column.cast(DataTypes.DoubleType);
            return functions
                    .when(
                            functions.rint(number).equalTo(number),
                            number.cast(DataTypes.LongType).cast(DataTypes.StringType))
                    .otherwise(number.cast(DataTypes.StringType));
        }

        private Column beginning(Column text) {
            return functions.substring(text, 1, TEXT_LENGTH);
        }

        @Override
        TextState start(int bins) {
            return new TextState();
        }

        @Override
        TextState read(int bins, DataInput in) throws IOException {
            return TextState.read(in);
        }
    },
    /** Maps, structures and whatever else has no order: only nulls are counted. */
    PRESENCE {
        @Override
        Column select(Column column, DataType type) {
            return functions.when(column.isNotNull(), "");
        }

        @Override
        TextState start(int bins) {
            return new TextState();
        }

        @Override
        TextState read(int bins, DataInput in) throws IOException {
            return TextState.read(in);
        }
    };

    /** Texts that begin with the same characters, so many, count as one. */
    private static final int TEXT_LENGTH = 100;

    /** The Spark column to read in place of one of the data. */
    abstract Column select(Column column, DataType type);

    abstract ColumnState start(int bins);

    abstract ColumnState read(int bins, DataInput in) throws IOException;

    static ColumnReader of(Role role, DataType type) {
        if (type instanceof StringType || type instanceof BooleanType) {
            return TEXT;
        }
        if (type instanceof NumericType) {
            return role == Role.CLASS_LABEL ? TEXT : NUMBER;
        }
        if (type instanceof DateType || type instanceof TimestampType || type instanceof TimestampNTZType) {
            return NUMBER;
        }
        if (isVector(type) || (type instanceof ArrayType array && array.elementType() instanceof NumericType)) {
            return NUMBERS;
        }
        return type instanceof BinaryType ? BYTES : PRESENCE;
    }

    /** The values of a column of some rows. */
    Column select(String name, DataType type) {
        return select(DatasetColumns.column(name), type);
    }

    private static boolean isVector(DataType type) {
        return type.equals(SQLDataTypes.VectorType());
    }

    private static boolean isFractional(DataType type) {
        return type instanceof FloatType || type instanceof DoubleType || type instanceof DecimalType;
    }
}
