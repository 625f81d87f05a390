package io.firesteel.spark.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.spark.SharedSpark;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DataStatisticsTest {
    @Test
    void numbersAreSummedUp() {
        DataStatistics found = statistics("x double", row(2.0), row(4.0), row(4.0), row(10.0));
        NumberSummary numbers = numbers(found, "x");
        assertThat(found.rows()).isEqualTo(4);
        assertThat(numbers.minimum()).isEqualTo(2);
        assertThat(numbers.maximum()).isEqualTo(10);
        assertThat(numbers.mean()).isEqualTo(5);
        assertThat(numbers.deviation()).isEqualTo(3);
        assertThat(numbers.histogram().bins()).containsExactly(new Bin(2, 2, 1), new Bin(4, 4, 2), new Bin(10, 10, 1));
    }

    @Test
    void meanAndDeviationOfLargeCloseNumbersLoseNothing() {
        DataStatistics found = statistics("x double", row(1e9 + 4), row(1e9 + 7), row(1e9 + 13), row(1e9 + 16));
        assertThat(numbers(found, "x").mean()).isEqualTo(1e9 + 10);
        assertThat(numbers(found, "x").deviation()).isCloseTo(Math.sqrt(22.5), within(1e-12));
    }

    @Test
    void whatIsNoNumberIsCountedAndLeftOut() {
        DataStatistics found = statistics(
                "x double", row(1.0), row(Double.NaN), row((Object) null), row(Double.NEGATIVE_INFINITY), row(3.0));
        ColumnStatistics x = found.find("x").orElseThrow();
        assertThat(x.values()).isEqualTo(4);
        assertThat(x.nulls()).isEqualTo(1);
        assertThat(x.nullFraction()).isEqualTo(0.2);
        assertThat(numbers(found, "x").nans()).isEqualTo(1);
        assertThat(numbers(found, "x").infinities()).isEqualTo(1);
        assertThat(numbers(found, "x").mean()).isEqualTo(2);
    }

    @Test
    void columnOfNullsHasNoNumbers() {
        DataStatistics found = statistics("x int", row((Object) null), row((Object) null));
        assertThat(found.find("x").orElseThrow().nullFraction()).isEqualTo(1);
        assertThat(numbers(found, "x").mean()).isNaN();
        assertThat(numbers(found, "x").histogram().bins()).isEmpty();
        assertThat(DataStatistics.parse(found.toJson())).isEqualTo(found);
    }

    @Test
    void noRowsAreStatisticsToo() {
        Dataset<Row> none = table("x double, t string").limit(0);
        DataStatistics found = DataStatistics.of(none, columns(none));
        assertThat(found.rows()).isZero();
        assertThat(found.find("x").orElseThrow().nullFraction()).isZero();
        assertThat(found.find("t").orElseThrow().categories().orElseThrow().count())
                .isZero();
        assertThat(DataStatistics.parse(found.toJson())).isEqualTo(found);
    }

    @Test
    void elementsOfArraysVectorsAndBytesCountTogether() {
        StructType schema = StructType.fromDDL("a array<int>, b binary").add("v", SQLDataTypes.VectorType());
        Dataset<Row> rows = SharedSpark.session()
                .createDataFrame(
                        List.of(
                                RowFactory.create(
                                        Arrays.asList(1, null, 3), new byte[] {0, -1}, Vectors.dense(0.5, 1.5)),
                                RowFactory.create(
                                        List.of(8), new byte[] {7}, Vectors.sparse(3, new int[] {1}, new double[] {4
                                        }))),
                        schema);
        DataStatistics found = DataStatistics.of(rows, columns(rows));
        assertThat(found.find("a").orElseThrow().nulls()).isEqualTo(1);
        assertThat(numbers(found, "a").mean()).isEqualTo(4);
        assertThat(numbers(found, "b").maximum()).isEqualTo(255);
        assertThat(found.find("v").orElseThrow().values()).isEqualTo(5);
        assertThat(numbers(found, "v").mean()).isEqualTo(1.2);
    }

    @Test
    void textsAndBooleansAreCounted() {
        DataStatistics found =
                statistics("t string, b boolean", row("x", true), row("y", true), row("y", false), row(null, null));
        assertThat(categories(found, "t")).isEqualTo(new CategorySummary(2, Map.of("y", 2L, "x", 1L), 0));
        assertThat(new ArrayList<>(categories(found, "t").counts().keySet())).containsExactly("y", "x");
        assertThat(categories(found, "b").counts()).containsEntry("true", 2L).containsEntry("false", 1L);
        assertThat(found.find("t").orElseThrow().nulls()).isEqualTo(1);
    }

    @Test
    void manyTextsAreCountedInAPassOfTheirOwn() {
        Dataset<Row> rows =
                SharedSpark.session().range(10_000).selectExpr("if(id % 5 = 0, 'often', concat('text ', id)) as t");
        CategorySummary texts = categories(DataStatistics.of(rows, columns(rows)), "t");
        assertThat(texts.distinct()).isEqualTo(8001);
        assertThat(texts.counts()).hasSize(100).containsEntry("often", 2000L);
        assertThat(texts.other()).isEqualTo(8000 - 99);
        assertThat(texts.count()).isEqualTo(10_000);
    }

    @Test
    void labelsThatAreClassesAreCountedAsSuch() {
        Dataset<Row> rows = table("y double, z bigint", row(0.0, 7L), row(1.0, 7L), row(1.0, 8L));
        DataStatistics found = DataStatistics.of(
                rows, List.of(new UsedColumn("y", Role.CLASS_LABEL), new UsedColumn("z", Role.LABEL)));
        assertThat(categories(found, "y").counts()).containsEntry("1", 2L).containsEntry("0", 1L);
        assertThat(numbers(found, "z").maximum()).isEqualTo(8);
    }

    @Test
    void datesAreDaysAndMapsAreThereOrNot() {
        DataStatistics found = statistics(
                "d date, m map<string,int>", row(Date.valueOf("1970-01-11"), Map.of("a", 1)), row(null, null));
        assertThat(numbers(found, "d").maximum()).isEqualTo(10);
        ColumnStatistics map = found.find("m").orElseThrow();
        assertThat(map.values()).isEqualTo(1);
        assertThat(map.nulls()).isEqualTo(1);
        assertThat(map.categories()).isEmpty();
    }

    @Test
    void partitionsAndOrderChangeNothing() {
        Random random = new Random(5);
        Object[][] values = IntStream.range(0, 4000)
                .mapToObj(i -> row(random.nextGaussian() * 1e5 + 0.1, "t" + random.nextInt(300), i % 7))
                .toArray(Object[][]::new);
        Dataset<Row> rows = table("x double, t string, k int", values);
        DataStatistics one = DataStatistics.of(rows.coalesce(1), columns(rows));
        DataStatistics many = DataStatistics.of(rows.repartition(40).orderBy("t", "x"), columns(rows));
        assertThat(many).isEqualTo(one);
        assertThat(many.toJson()).isEqualTo(one.toJson());
        assertThat(DataStatistics.parse(one.toJson())).isEqualTo(one);
        assertThat(numbers(one, "x").histogram().bins()).hasSizeBetween(90, 201);
    }

    @Test
    void columnsOfOddNamesAreRead() {
        Dataset<Row> rows = table("`a.b` int, `c``d` int", row(1, 2));
        assertThat(numbers(DataStatistics.of(rows, columns(rows)), "a.b").mean())
                .isEqualTo(1);
        assertThat(numbers(DataStatistics.of(rows, columns(rows)), "c`d").mean())
                .isEqualTo(2);
    }

    @Test
    void otherJsonIsRefused() {
        assertThatThrownBy(() -> parse("{\"schema\": \"firesteel.report/1\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read statistics: their schema is another (firesteel.report/1, expected"
                        + " firesteel.statistics/1)");
        assertThatThrownBy(() -> parse("{\"schema\": \"firesteel.statistics/1\"}"))
                .hasMessage("Cannot read statistics: a field is missing (rows)");
        assertThatThrownBy(() -> parse("no json")).hasMessageStartingWith("Cannot read statistics: they aren't JSON (");
    }

    private static DataStatistics parse(String json) {
        return DataStatistics.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static DataStatistics statistics(String schema, Object[]... rows) {
        Dataset<Row> table = table(schema, rows);
        return DataStatistics.of(table, columns(table));
    }

    private static NumberSummary numbers(DataStatistics statistics, String column) {
        return statistics.find(column).orElseThrow().numbers().orElseThrow();
    }

    private static CategorySummary categories(DataStatistics statistics, String column) {
        return statistics.find(column).orElseThrow().categories().orElseThrow();
    }

    private static List<UsedColumn> columns(Dataset<Row> rows) {
        return Arrays.stream(rows.schema().fieldNames())
                .map(name -> new UsedColumn(name, Role.FEATURE))
                .toList();
    }

    private static Dataset<Row> table(String schema, Object[]... rows) {
        List<Row> all = Arrays.stream(rows).map(RowFactory::create).toList();
        return SharedSpark.session().createDataFrame(all, StructType.fromDDL(schema));
    }

    private static Object[] row(Object... values) {
        return values;
    }
}
