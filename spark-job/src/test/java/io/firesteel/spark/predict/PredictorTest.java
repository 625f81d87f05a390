package io.firesteel.spark.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.spark.SharedSpark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected predictions are by hand: the models have one layer of known weights. */
@Timeout(120)
class PredictorTest {
    private static final SparkSession SPARK = SharedSpark.session();

    @Test
    void rowsKeepTheirColumnsAndGetAClassWithProbabilities() {
        Dataset<Row> rows = rows("id string, a double, b int", row("x", 2.0, 1), row("y", -3.0, 0));

        Dataset<Row> predicted = predictor(LinearModels.classes()).transform(rows);

        assertThat(predicted.schema().simpleString())
                .isEqualTo("struct<id:string,a:double,b:int,prediction:bigint,probabilities:array<float>>");
        List<Row> found = predicted.collectAsList();
        assertThat(found).extracting(row -> row.getString(0)).containsExactly("x", "y");
        assertThat(found).extracting(row -> row.getLong(3)).containsExactly(0L, 2L);
        double sum = Math.exp(2) + Math.exp(1) + Math.exp(-2.5);
        assertThat(floats(found.get(0), "probabilities"))
                .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-6 ? 0 : Float.compare(x, y))
                .containsExactly(
                        (float) (Math.exp(2) / sum), (float) (Math.exp(1) / sum), (float) (Math.exp(-2.5) / sum));
    }

    /** Partitions without rows, of one row and of an unequal last batch. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void eachRowComesOutOnceAndInItsPlace(int batchSize) {
        int count = 11;
        Dataset<Row> rows = SPARK.range(0, count, 1, 4)
                .select(functions.col("id"), functions.expr("double(id) as a"), functions.expr("1.0D as b"))
                .where("id > 2 and id != 4");

        List<Row> found = predictor(LinearModels.regression(LossFunction.MSE))
                .batchSize(batchSize)
                .transform(rows)
                .collectAsList();

        long[] ids = IntStream.range(0, count)
                .filter(id -> id > 2 && id != 4)
                .asLongStream()
                .toArray();
        assertThat(found)
                .extracting(row -> row.getLong(0))
                .containsExactly(Arrays.stream(ids).boxed().toArray(Long[]::new));
        for (Row row : found) {
            assertThat(row.getDouble(row.fieldIndex("prediction"))).isEqualTo(row.getLong(0) + 5.0);
        }
    }

    @Test
    void noRowsGiveNoRows() {
        Dataset<Row> rows = rows("a double, b double");
        assertThat(predictor(LinearModels.classes()).transform(rows).collectAsList())
                .isEmpty();
    }

    @Test
    void onlyAskedColumnsAreThere() {
        Dataset<Row> rows = rows("id long, a double, b double", row(7L, 2.0, 1.0));

        Dataset<Row> predicted = predictor(LinearModels.classes())
                .with(PredictionColumn.LOGITS, PredictionColumn.EMBEDDING)
                .keeping("id")
                .transform(rows);

        assertThat(predicted.columns()).containsExactly("id", "prediction", "logits", "embedding");
        Row found = predicted.first();
        assertThat(floats(found, "logits")).containsExactly(2f, 1f, -2.5f);
        assertThat(floats(found, "embedding")).containsExactly(2f, 1f);
    }

    @Test
    void severalTargetsAreAnArray() {
        Dataset<Row> rows = rows("a double, b double", row(2.0, -1.0));
        LoadedModel values =
                LinearModels.of(LossFunction.L1, Map.of(), LinearModels.columns("a", "b"), 2, 1, 0, 0, 1, 0, 0.5f);
        LoadedModel labels = LinearModels.of(
                LossFunction.BINARY_CROSS_ENTROPY, Map.of(), LinearModels.columns("a", "b"), 2, 1, 0, 0, 1, 0, 0);
        assertThat(predictor(values).transform(rows).first().<Double>getList(2)).containsExactly(2.0, -0.5);
        Row yesOrNo = predictor(labels).transform(rows).first();
        assertThat(yesOrNo.<Long>getList(2)).containsExactly(1L, 0L);
        assertThat(floats(yesOrNo, "probabilities").get(1)).isCloseTo((float) (1 / (1 + Math.E)), within(1e-6f));
    }

    @Test
    void oneTargetThatIsYesOrNoIsAClass() {
        LoadedModel model = LinearModels.of(
                LossFunction.BINARY_CROSS_ENTROPY, Map.of(), LinearModels.columns("a", "b"), 1, 1, 0, 0);
        Dataset<Row> rows = rows("a double, b double", row(2.0, 0.0), row(-2.0, 0.0), row(0.0, 0.0));
        assertThat(predictor(model).transform(rows).collectAsList())
                .extracting(row -> row.getLong(2))
                .containsExactly(1L, 0L, 0L);
    }

    @Test
    void arraysAndBytesAreTheSameAsColumns() {
        LoadedModel array = LinearModels.of(LossFunction.MSE, Map.of(), LinearModels.column("x", 0.5), 1, 1, 2, 3);
        Dataset<Row> floats = SPARK.sql("select array(4.0F, 6.0F) as x");
        Dataset<Row> bytes = rows("x binary", row(new byte[] {4, 6}));
        Dataset<Row> doubles = SPARK.sql("select array(4.0D, 6.0D) as x");
        for (Dataset<Row> rows : List.of(floats, bytes, doubles)) {
            assertThat(predictor(array).transform(rows).first().getDouble(1)).isEqualTo(2 + 6 + 3.0);
        }
    }

    /** The columns of the features are kept too, in another order than the model reads them, and beside names with dots. */
    @Test
    void columnsThatAreReadAsTheyAreCanBeKept() {
        LoadedModel model = LinearModels.of(LossFunction.MSE, Map.of(), LinearModels.column("x", 1), 1, 1, 2, 3);
        Dataset<Row> cached = SPARK.range(0, 10, 1, 2)
                .selectExpr("id", "array(float(id), 1.0F) as x", "string(id) as `a.b`", "float(id) as f")
                .persist();
        try {
            Dataset<Row> predicted =
                    predictor(model).keeping("a.b", "x", "id").batchSize(3).transform(cached);
            assertThat(predicted.columns()).containsExactly("a.b", "x", "id", "prediction");
            List<Row> found = predicted.collectAsList();
            assertThat(found).hasSize(10);
            for (int i = 0; i < 10; i++) {
                assertThat(found.get(i))
                        .isEqualTo(RowFactory.create(
                                String.valueOf(i), found.get(i).get(1), (long) i, i + 2 + 3.0));
                assertThat(floats(found.get(i), "x")).containsExactly((float) i, 1f);
            }
        } finally {
            cached.unpersist();
        }
    }

    @Test
    void derivedColumnsAreMadeAndNotKept() {
        LoadedModel model = LinearModels.of(
                LossFunction.MSE,
                Map.of("a", "t * 2", "y", "no_such_column + 1"),
                LinearModels.columns("a", "b"),
                1,
                1,
                2,
                3);
        Dataset<Row> replaced = rows("t double, a double, b double", row(5.0, 100.0, 1.0));

        Row found = predictor(model).transform(replaced).first();

        assertThat(found.getDouble(1)).isEqualTo(100);
        assertThat(found.getDouble(3)).isEqualTo(10 + 2 + 3.0);
        assertThat(predictor(model).transform(replaced.drop("a")).columns()).containsExactly("t", "b", "prediction");
    }

    @Test
    void rowThatCannotBeUsedNamesItsColumnOrGetsNull() {
        Dataset<Row> rows =
                rows("a double, b double", row(1.0, 1.0), row(null, 1.0), row(2.0, Double.NaN), row(3.0, 0.0));
        Predictor predictor =
                predictor(LinearModels.regression(LossFunction.MSE)).batchSize(2);

        assertThatThrownBy(() -> predictor.transform(rows).collectAsList())
                .rootCause()
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot use the data: column a is null in a row (expected a number; leave such rows out by"
                        + " the condition \"a IS NOT NULL\", fill them before, or have null predicted for them with"
                        + " --invalid null)");
        assertThat(predictor.invalidRows(InvalidRows.NULL).transform(rows).collectAsList())
                .extracting(row -> row.get(2))
                .containsExactly(6.0, null, null, 6.0);
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnyRowIsRead() {
        Dataset<Row> rows = rows("a double, b double, prediction double", row(1.0, 1.0, 0.0));
        Predictor classes = predictor(LinearModels.classes());
        assertThatThrownBy(() -> classes.transform(rows.drop("b")))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot find column b for features.0.columns: the data has the columns a, prediction");
        assertThatThrownBy(() -> classes.transform(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot add column prediction: the data has one of that name already (rename it, or keep other"
                                + " columns)");
        assertThatThrownBy(() -> classes.keeping("id").transform(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot keep column id: the data has no such column (expected one of a, b, prediction)");
        assertThatThrownBy(() -> predictor(LinearModels.regression(LossFunction.L1))
                        .with(PredictionColumn.PROBABILITIES)
                        .transform(rows.drop("prediction")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot predict probabilities: the model was trained with l1 (expected crossEntropy or"
                        + " binaryCrossEntropy; ask for other columns)");
        assertThatThrownBy(() -> classes.batchSize(0)).hasMessage("Invalid batch size: 0 (must be >= 1)");
        assertThatThrownBy(classes::keeping).hasMessage("Invalid columns to keep: none (must be at least one)");
        assertThat(classes.keeping("a").transform(rows).columns()).containsExactly("a", "prediction", "probabilities");
    }

    @Test
    void weightsThatDoNotFitAreRefused() {
        LoadedModel fits = LinearModels.classes();
        byte[] smaller =
                LinearModels.bytes(LinearModels.regression(LossFunction.MSE).description(), 1, 2, 3);
        assertThatThrownBy(() -> LoadedModel.of("memory:other", fits.description(), smaller))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot load model memory:other: Cannot load weights from memory:other: ");
        assertThatThrownBy(() -> LoadedModel.of("memory:other", fits.description(), new byte[] {1, 2}))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot load model memory:other: weights.safetensors is damaged: ");
    }

    @Test
    void resultThatIsReadInPartGivesItsNetworkBack() {
        Dataset<Row> rows = SPARK.range(0, 1000, 1, 1).selectExpr("double(id) as a", "0.0D as b");
        Predictor predictor =
                predictor(LinearModels.regression(LossFunction.MSE)).batchSize(17);
        for (int run = 0; run < 3; run++) {
            assertThat(predictor.transform(rows).takeAsList(1).get(0).getDouble(2))
                    .isEqualTo(3);
        }
        assertThat(predictor
                        .transform(rows)
                        .agg(functions.sum("prediction"))
                        .first()
                        .getDouble(0))
                .isEqualTo(999 * 1000 / 2.0 + 3000);
    }

    private static Predictor predictor(LoadedModel model) {
        return Predictor.of(model, SPARK);
    }

    private static List<Float> floats(Row row, String column) {
        return row.getList(row.fieldIndex(column));
    }

    private static Object[] row(Object... values) {
        return values;
    }

    private static Dataset<Row> rows(String schema, Object[]... values) {
        List<Row> rows = new ArrayList<>();
        for (Object[] value : values) {
            rows.add(RowFactory.create(value));
        }
        return SPARK.createDataFrame(rows, StructType.fromDDL(schema)).coalesce(1);
    }

    @ParameterizedTest
    @CsvSource({"1,1024", "160,1024", "170,960", "784,192", "2560,64", "1000000,64"})
    void aBatchIsAsLargeAsCachesHold(int floats, int rows) {
        TensorSpec pixels = new TensorSpec("pixels", ElementType.FLOAT32, List.of(floats));

        assertThat(Predictor.defaultBatchSize(List.of(pixels))).isEqualTo(rows);
    }

    @Test
    void aModelIsSentToExecutorsOnce() {
        LoadedModel model = LinearModels.regression(LossFunction.MSE);
        PreparedModel prepared = new PreparedModel(model, SharedSpark.session());
        List<TensorSpec> inputs = List.of(new TensorSpec("x", ElementType.FLOAT32, List.of(2)));

        assertThat(prepared.network(inputs)).isSameAs(prepared.network(List.copyOf(inputs)));
        assertThat(prepared.network(inputs).value().inputs()).isEqualTo(inputs);
    }
}
