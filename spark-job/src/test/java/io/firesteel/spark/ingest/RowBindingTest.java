package io.firesteel.spark.ingest;

import static io.firesteel.spark.ingest.Tables.bind;
import static io.firesteel.spark.ingest.Tables.row;
import static io.firesteel.spark.ingest.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job binds to the columns of a dataset, and the messages where it can't. */
class RowBindingTest {
    private static final String FLOAT_LABEL = "label: {column: y, type: float32}\nloss: mse";

    @Test
    void globTakesColumnsInTheDatasetsOrderWithoutLabelAndWeight() {
        Dataset<Row> rows = table("p10 int, y int, p2 double, w float, p1 int");
        RowBinding binding = bind(rows, "{columns: ['*']}", "weight: {column: w}");
        assertThat(group(binding).columns()).containsExactly("p10", "p2", "p1");
        assertThat(binding.inputs()).containsExactly(new TensorSpec("input0", ElementType.FLOAT32, List.of(3)));
        assertThat(binding.weight()).contains("w");
        assertThat(binding.layout().weighted()).isTrue();
    }

    @Test
    void namesKeepTheOrderOfTheJob() {
        RowBinding binding = bind(table("a int, b int, c int, y int"), "{columns: [c, a]}");
        assertThat(group(binding).columns()).containsExactly("c", "a");
    }

    @Test
    void questionMarkStandsForOneCharacter() {
        RowBinding binding = bind(table("p1 int, p12 int, p int, y int"), "{columns: ['p?']}");
        assertThat(group(binding).columns()).containsExactly("p1");
    }

    @Test
    void columnThatTwoPatternsMatchIsUsedOnce() {
        RowBinding binding = bind(table("p1 int, p2 int, p3 int, y int"), "{columns: [p3, 'p*']}");
        assertThat(group(binding).columns()).containsExactly("p3", "p1", "p2");
    }

    @Test
    void nameMayHoldDotsAndSigns() {
        Dataset<Row> rows = table("`a.b` int, `c*` int, `c``d` int, y int", row(1, 2, 3, 0));
        RowBinding binding = bind(rows, "{columns: [a.b, 'c*', 'c`d']}");
        assertThat(group(binding).columns()).containsExactly("a.b", "c*", "c`d");
        Row values = rows.select(Tables.columns(rows).values(group(binding))).first();
        assertThat(values.<Float>getList(0)).containsExactly(1f, 2f, 3f);
    }

    @Test
    void shapeOfSeveralAxesHoldsTheColumns() {
        RowBinding binding =
                bind(table("p1 int, p2 int, p3 int, p4 int, y int"), "{columns: ['p*'], shape: [1, 2, 2]}");
        assertThat(binding.inputs().get(0).shape()).containsExactly(1, 2, 2);
    }

    @Test
    void severalFeaturesAreSeveralInputs() {
        RowBinding binding = bind(
                table("a int, b array<float>, y int"),
                "{name: left, columns: [a]}, {name: right, column: b, shape: [3]}");
        assertThat(binding.inputs()).extracting(TensorSpec::name).containsExactly("left", "right");
        assertThat(binding.sources()).containsExactly("a", "b", "y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"array<float> | FLOATS", "array<double> | FLOATS", "array<int> | FLOATS", "binary | BYTES"})
    void columnOfManyValuesHasTheShapeOfTheJob(String type, ColumnGroup.Encoding encoding) {
        RowBinding binding = bind(table("pixels " + type + ", y int"), "{column: pixels, shape: [2, 2]}");
        assertThat(group(binding).encoding()).isEqualTo(encoding);
        assertThat(binding.inputs().get(0).shape()).containsExactly(2, 2);
    }

    @Test
    void columnsWithOneArrayIsThatArray() {
        RowBinding binding = bind(table("pixels array<float>, y int"), "{columns: [pixels], shape: [1]}");
        assertThat(group(binding).encoding()).isEqualTo(ColumnGroup.Encoding.FLOATS);
    }

    @Test
    void vectorTellsItsSizeWhereTheSourceWroteIt() {
        Metadata size = new MetadataBuilder().putLong("numFeatures", 7).build();
        RowBinding binding = bind(vectors(size), "{column: features}");
        assertThat(binding.inputs().get(0).shape()).containsExactly(7);
    }

    @Test
    void vectorBecomesFloats() {
        Dataset<Row> rows = vectors(Metadata.empty());
        RowBinding binding = bind(rows, "{column: features, shape: [2]}");
        Row values = rows.select(Tables.columns(rows).values(group(binding))).first();
        assertThat(values.<Float>getList(0)).containsExactly(0.5f, 2f);
    }

    @Test
    void numberIsATensorOfOneValue() {
        RowBinding binding = bind(table("a int, y int"), "{column: a}");
        assertThat(binding.inputs()).containsExactly(new TensorSpec("input0", ElementType.FLOAT32, List.of(1)));
    }

    @Test
    void wholeNumbersStayWhole() {
        RowBinding binding = bind(table("a int, b bigint, y int"), "{columns: [a, b], type: int64}");
        assertThat(group(binding).encoding()).isEqualTo(ColumnGroup.Encoding.LONGS);
    }

    @Test
    void labelOfOneColumnIsAScalarAndOfSeveralARow() {
        Dataset<Row> rows = table("a int, y int, z double");
        assertThat(bind(rows, "{columns: [a]}").label().tensor())
                .isEqualTo(new TensorSpec("label", ElementType.INT64, List.of()));
        RowBinding targets = bind(rows, "{columns: ['*']}", "label: {columns: [y, z], type: float32}\nloss: mse");
        assertThat(targets.label().tensor()).isEqualTo(new TensorSpec("label", ElementType.FLOAT32, List.of(2)));
        assertThat(group(targets).columns()).containsExactly("a");
    }

    @Test
    void fractionalClassLabelIsCheckedRowByRow() {
        RowBinding binding = bind(table("a int, y double"), "{columns: [a]}");
        assertThat(binding.label().encoding()).isEqualTo(ColumnGroup.Encoding.DOUBLES);
    }

    @Test
    void booleanIsANumber() {
        assertThat(group(bind(table("a boolean, y boolean"), "{columns: [a]}")).columns())
                .containsExactly("a");
    }

    @Test
    void unknownColumnComesWithThoseThereAre() {
        Dataset<Row> rows = table("a int, b int, y int");
        refuses(
                rows,
                "Cannot find column q for features.0.columns: rows.csv has the columns a, b, y",
                "{columns: [a, q]}");
        refuses(
                rows,
                "Cannot find column q* for features.0.columns: rows.csv has the columns a, b, y",
                "{columns: ['q*']}");
        refuses(rows, "Cannot find column q for features.0.column: rows.csv has the columns a, b, y", "{column: q}");
        refuses(
                rows,
                "Cannot find column w for weight.column: rows.csv has the columns a, b, y",
                "{columns: [a]}",
                "weight: {column: w}");
        refuses(
                rows,
                "Cannot find column z for label.column: rows.csv has the columns a, b, y",
                "{columns: [a]}",
                "label: {column: z, type: float32}\nloss: mse");
    }

    @Test
    void globThatOnlyTheLabelMatchesFindsNothing() {
        refuses(
                table("a int, y int"),
                "Cannot find column y* for features.0.columns: rows.csv has the columns a, y",
                "{columns: ['y*']}");
    }

    @Test
    void textIsNamedByItsValue() {
        Dataset<Row> rows = table("a string, y int", row("1.5", 0), row(null, 1), row("n/a", 0));
        refuses(
                rows,
                "Cannot use column a of rows.csv for features.0.columns: it is string and holds 'n/a' (expected a number)",
                "{columns: [a]}");
        refuses(
                rows,
                "Cannot use column a of rows.csv for features.0.column: it is string and holds 'n/a' (expected a number)",
                "{column: a}");
    }

    @Test
    void textOfNumbersNeedsASchema() {
        Dataset<Row> rows = table("a string, y string", row("1.5", "0"), row("2", "1"));
        refuses(
                rows,
                "Cannot use column a of rows.csv for features.0.columns: it is string (expected a number; set"
                        + " data.options.inferSchema: \"true\")",
                "{columns: [a]}");
    }

    @Test
    void datasetWithoutRowsHasNoTypesToComplainAbout() {
        refuses(
                table("a string, y string"),
                "Cannot use rows.csv: it has no rows (expected at least 1)",
                "{columns: [a]}");
    }

    @Test
    void otherTypesAreRefused() {
        refuses(
                table("a date, y int"),
                "Cannot use column a of rows.csv for features.0.columns: it is date (expected a number)",
                "{columns: [a]}");
        refuses(
                table("a array<string>, y int"),
                "Cannot use column a of rows.csv for features.0.column: it is array<string> (expected a number)",
                "{column: a}");
        refuses(
                table("a array<float>, b int, y int"),
                "Cannot use column a of rows.csv for features.0.columns: it is array<float> (expected a number)",
                "{columns: [a, b]}");
        refuses(
                table("a int, w string, y int", row(1, "heavy", 0)),
                "Cannot use column w of rows.csv for weight.column: it is string and holds 'heavy' (expected a number)",
                "{columns: [a]}",
                "weight: {column: w}");
    }

    @Test
    void fractionsAreNoInt64() {
        refuses(
                table("a double, y int"),
                "Cannot use column a of rows.csv for features.0.columns: it is double (expected whole numbers for type"
                        + " int64)",
                "{columns: [a], type: int64}");
        refuses(
                table("a double, y int"),
                "Cannot use column a of rows.csv for features.0.column: it is double (expected whole numbers for type"
                        + " int64)",
                "{column: a, type: int64}");
        refuses(
                table("a array<double>, y int"),
                "Cannot use column a of rows.csv for features.0.column: it is array<double> (expected whole numbers for"
                        + " type int64)",
                "{column: a, type: int64, shape: [2]}");
        refuses(
                vectors(Metadata.empty()),
                "Cannot use column features of rows.csv for features.0.column: it is vector (expected whole numbers for"
                        + " type int64)",
                "{column: features, type: int64, shape: [2]}");
    }

    @Test
    void shapeHoldsAsManyValuesAsTheColumns() {
        refuses(
                table("p1 int, p2 int, p3 int, y int"),
                "Cannot shape features.0: [2, 2] holds 4 values, but [p*] matches 3 columns of rows.csv",
                "{columns: ['p*'], shape: [2, 2]}");
        refuses(
                table("a int, y int"),
                "Cannot shape features.0: [4] holds 4 values, but column a of rows.csv holds 1",
                "{column: a, shape: [4]}");
        refuses(
                vectors(new MetadataBuilder().putLong("numFeatures", 7).build()),
                "Cannot shape features.0: [6] holds 6 values, but column features of rows.csv holds 7",
                "{column: features, shape: [6]}");
    }

    @Test
    void lengthThatNothingTellsIsAskedFor() {
        refuses(
                table("a array<float>, y int"),
                "Cannot shape features.0: column a of rows.csv is array<float> and doesn't tell its length (give"
                        + " features.0.shape)",
                "{column: a}");
        refuses(
                vectors(Metadata.empty()),
                "Cannot shape features.0: column features of rows.csv is vector and doesn't tell its length (give"
                        + " features.0.shape)",
                "{column: features}");
        refuses(
                table("a binary, y int"),
                "Cannot shape features.0: column a of rows.csv is binary and doesn't tell its length (give"
                        + " features.0.shape)",
                "{column: a}");
    }

    @Test
    void labelOfTextIsNamedByItsValue() {
        refuses(
                table("a int, y string", row(1, "cat")),
                "Cannot use column y of rows.csv for label.column: it is string and holds 'cat' (expected a number)",
                "{columns: [a]}",
                FLOAT_LABEL);
    }

    private static ColumnGroup group(RowBinding binding) {
        return binding.features().get(0);
    }

    private static void refuses(Dataset<Row> rows, String message, String feature, String... lines) {
        assertThatThrownBy(() -> bind(rows, feature, lines))
                .isInstanceOf(DataException.class)
                .hasMessage(message);
    }

    private static Dataset<Row> vectors(Metadata metadata) {
        StructType schema = new StructType()
                .add(new StructField("features", SQLDataTypes.VectorType(), false, metadata))
                .add("y", "int");
        return io.firesteel.spark.SharedSpark.session()
                .createDataFrame(List.of(RowFactory.create(Vectors.dense(0.5, 2), 0)), schema);
    }
}
