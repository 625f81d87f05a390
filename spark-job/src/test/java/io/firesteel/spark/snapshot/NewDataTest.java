package io.firesteel.spark.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.connectors.source.DatasetFile;
import io.firesteel.engine.data.DataException;
import io.firesteel.spark.SharedSpark;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class NewDataTest {
    private static final DatasetFile ONE = new DatasetFile("f:/d1/one", 10, 1000);
    private static final DatasetFile TWO = new DatasetFile("f:/d2/two", 20, 2000);

    @Test
    void withoutASuccessAllIsNew() {
        NewData all = new NewData(
                true, "There is no earlier success, so all is new: 2 files (30 bytes)", 2, 0, Optional.empty());
        assertThat(NewData.byFiles(snapshot(ONE, TWO), Optional.empty())).isEqualTo(all);
        assertThat(NewData.byModificationTime(snapshot(ONE, TWO), Optional.empty()))
                .isEqualTo(all);
    }

    @Test
    void filesThatWereNotThereAreNew() {
        assertThat(NewData.byFiles(snapshot(ONE, TWO), Optional.of(snapshot(ONE))))
                .isEqualTo(new NewData(
                        true,
                        "1 file (20 bytes) wasn't there at the last success, the first f:/d2/two",
                        1,
                        0,
                        Optional.empty()));
        DatasetFile rewritten = new DatasetFile(ONE.path(), 11, 9000);
        assertThat(NewData.byFiles(snapshot(rewritten), Optional.of(snapshot(ONE, TWO))))
                .isEqualTo(new NewData(
                        false, "Nothing is new: no files weren't there at the last success", 0, 0, Optional.empty()));
    }

    @Test
    void filesWrittenLaterAreNew() {
        DatasetFile rewritten = new DatasetFile(ONE.path(), 11, 9000);
        DatasetFile sameTime = new DatasetFile("f:/d2/three", 5, 2000);
        DatasetFile older = new DatasetFile("f:/d2/old", 5, 10);
        assertThat(NewData.byModificationTime(
                        snapshot(rewritten, TWO, older, sameTime), Optional.of(snapshot(ONE, TWO))))
                .isEqualTo(new NewData(
                        true,
                        "2 files (16 bytes) were written to since the last success, the first f:/d1/one",
                        2,
                        0,
                        Optional.empty()));
        assertThat(NewData.byModificationTime(snapshot(ONE, TWO), Optional.of(snapshot(ONE, TWO)))
                        .found())
                .isFalse();
    }

    @Test
    void withTooManyFilesDirectoriesThatChangedAreNew() {
        DataSnapshot last = DataSnapshot.of(List.of(ONE, TWO, new DatasetFile("f:/d2/x", 1, 1)), 2);
        DataSnapshot now = DataSnapshot.of(List.of(ONE, TWO, new DatasetFile("f:/d2/y", 7, 3000)), 2);
        assertThat(NewData.byFiles(now, Optional.of(last)).text())
                .isEqualTo("2 files (27 bytes) in directories that have changed weren't there at the last success, the"
                        + " first f:/d2");
        assertThat(NewData.byModificationTime(now, Optional.of(last)).files()).isEqualTo(2);
        DataSnapshot totals = DataSnapshot.of(List.of(ONE, TWO), 1);
        assertThat(NewData.byFiles(totals, Optional.of(totals)).text())
                .isEqualTo("Nothing is new: the 2 files are those of the last success");
        assertThat(NewData.byModificationTime(now, Optional.of(totals)))
                .isEqualTo(new NewData(
                        true,
                        "The 3 files aren't those of the last success; there are too many to tell which are new",
                        3,
                        0,
                        Optional.empty()));
    }

    @Test
    void sourceWithoutFilesHasNoNewOnes() {
        assertThat(NewData.byFiles(snapshot(), Optional.of(snapshot(ONE))))
                .isEqualTo(new NewData(
                        false,
                        "The data has no files, so there are no new ones (a source without files needs newData.by:"
                                + " watermark)",
                        0,
                        0,
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "bigint, 9, 10, 2",
        "double, 9.5, 10.25, 2",
        "decimal(10;2), 9.50, 10.25, 2",
        "string, a, ab, 2",
        "date, 2016-02-29, 2016-03-01, 2",
        "timestamp, 2016-02-29T23:59:59.999999Z, 2016-03-01T00:00:00Z, 2",
        "timestamp_ntz, 2016-02-29 23:59:59, 2016-03-01 00:00:00, 2",
    })
    void rowsAboveTheWatermarkAreNewByTheOrderOfTheType(String type, String last, String next, long newer) {
        Dataset<Row> rows = column(type.replace(';', ','), last, next, next, null);
        NewData first = NewData.byWatermark(rows, "w", Optional.empty());
        assertThat(first)
                .isEqualTo(new NewData(
                        true,
                        "There is no earlier success, so all is new: 3 rows up to w " + next,
                        0,
                        3,
                        Optional.of(next)));
        assertThat(NewData.byWatermark(rows, "w", Optional.of(last)))
                .isEqualTo(new NewData(
                        true,
                        "2 rows have a w above " + last + ", the largest of the last success, up to " + next,
                        0,
                        newer,
                        Optional.of(next)));
        assertThat(NewData.byWatermark(rows, "w", first.watermark()))
                .isEqualTo(new NewData(
                        false,
                        "Nothing is new: no row has a w above " + next + ", the largest of the last success",
                        0,
                        0,
                        Optional.of(next)));
    }

    @Test
    void timesDoNotDependOnTheZoneOfTheSession() {
        Dataset<Row> rows = column("timestamp", "2016-03-01T00:00:00Z");
        rows.sparkSession().conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
        try {
            assertThat(NewData.byWatermark(rows, "w", Optional.of("2016-02-29T23:59:59Z"))
                            .watermark())
                    .contains("2016-03-01T00:00:00Z");
        } finally {
            rows.sparkSession().conf().unset("spark.sql.session.timeZone");
        }
    }

    @Test
    void valuesThatAreMissingOrNaNAreNotNew() {
        assertThat(NewData.byWatermark(column("double", "1", "NaN", null), "w", Optional.of("1")))
                .isEqualTo(new NewData(
                        false,
                        "Nothing is new: no row has a w above 1, the largest of the last success",
                        0,
                        0,
                        Optional.of("1")));
        assertThat(NewData.byWatermark(column("double", (String) null), "w", Optional.empty()))
                .isEqualTo(new NewData(false, "Nothing is new: no row has a value of w", 0, 0, Optional.empty()));
    }

    @Test
    void watermarkThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> NewData.byWatermark(column("int", "1"), "v", Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Cannot find new data by column v: the data has the columns w (see retrain.newData.column)");
        assertThatThrownBy(() -> NewData.byWatermark(column("binary", "1"), "w", Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot find new data by column w: it is binary (expected a number, text, date or time; see"
                        + " retrain.newData.column)");
        assertThatThrownBy(() -> NewData.byWatermark(column("int", "1"), "w", Optional.of("2016-03-01")))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot find new data by column w: it is int, and the watermark of the last success is no"
                        + " such value (2016-03-01; restore the column's type, or train once with retrain.newData left"
                        + " out)");
    }

    private static Dataset<Row> column(String type, String... values) {
        return SharedSpark.session()
                .createDataset(Arrays.asList(values), Encoders.STRING())
                .selectExpr("cast(value as " + type + ") as w");
    }

    private static DataSnapshot snapshot(DatasetFile... files) {
        return DataSnapshot.of(List.of(files), 100);
    }
}
