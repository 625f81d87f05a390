package io.firesteel.connectors.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetLocationTest {
    private static final Map<String, String> HEADER = Map.of("header", "true", "inferSchema", "true");

    private static SparkSession spark;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startSpark() {
        spark = SparkSession.builder()
                .master("local[1]")
                .appName("DatasetLocationTest")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir"))
                .getOrCreate();
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    @Test
    void csvOpensWithItsOptions() throws IOException {
        Path file = csv("rows.csv", "a,b\n1,x\n2,y\n");
        Dataset<Row> rows = location("csv", HEADER, file).open(spark);
        assertThat(rows.columns()).containsExactly("a", "b");
        assertThat(rows.select("a").collectAsList())
                .extracting(row -> row.getInt(0))
                .containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "parquet", "orc"})
    void whatSparkWroteOpens(String format) {
        Path target = directory.resolve("written");
        spark.range(5).toDF("a").write().format(format).save(target.toString());
        Dataset<Row> rows = location(format, Map.of(), target).open(spark);
        assertThat(rows.columns()).containsExactly("a");
        assertThat(rows.count()).isEqualTo(5);
    }

    @Test
    void severalPathsOpenAsOne() throws IOException {
        Path one = csv("one.csv", "a\n1\n");
        Path two = csv("two.csv", "a\n2\n3\n");
        assertThat(location("csv", HEADER, one, two).open(spark).count()).isEqualTo(3);
    }

    @Test
    void globMatchesFiles() throws IOException {
        csv("day-1.csv", "a\n1\n");
        csv("day-2.csv", "a\n2\n");
        csv("night-1.csv", "a\n3\n");
        assertThat(location("csv", HEADER, directory.resolve("day-*.csv"))
                        .open(spark)
                        .count())
                .isEqualTo(2);
    }

    @Test
    void pathMayHoldASpace() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("with a space"));
        Path file = Files.writeString(folder.resolve("my rows.csv"), "a\n1\n");
        assertThat(location("csv", HEADER, file).open(spark).count()).isEqualTo(1);
    }

    @Test
    void whereKeepsTheRowsThatMeetIt() throws IOException {
        Path file = csv("rows.csv", "a,b\n1,1\n2,\n3,3\n");
        assertThat(where(file, "b is not null and a > 1").open(spark).count()).isEqualTo(1);
    }

    @Test
    void missingPathIsNamed() {
        Path missing = directory.resolve("missing.csv");
        assertThatThrownBy(() -> location("csv", HEADER, missing).open(spark))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read " + missing + " as csv: no such file or directory");
    }

    @Test
    void globThatMatchesNothingIsNamed() {
        Path glob = directory.resolve("day-*.csv");
        assertThatThrownBy(() -> location("csv", HEADER, glob).open(spark))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read " + glob + " as csv: no such file or directory");
    }

    @Test
    void oneMissingPathOfSeveralIsNamed() throws IOException {
        Path there = csv("one.csv", "a\n1\n");
        Path missing = directory.resolve("two.csv");
        assertThatThrownBy(() -> location("csv", HEADER, there, missing).open(spark))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read " + there + ", " + missing + " as csv: no such file or directory ("
                        + missing.toUri().toString().replace("file:///", "file:/") + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "parquet"})
    void emptyDirectoryHasNoColumns(String format) throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThatThrownBy(() -> location(format, HEADER, empty).open(spark))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read " + empty + " as " + format
                        + ": no file with rows is there, so its columns aren't known");
    }

    @Test
    void unknownFormatIsTheJobsMistake() throws IOException {
        Path file = csv("rows.csv", "a\n1\n");
        assertThatThrownBy(() -> location("csvv", HEADER, file).open(spark))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid data.format: csvv (must be a Spark source on the class path, such as csv, json,"
                        + " parquet, orc or libsvm)");
    }

    @Test
    void fileOfAnotherFormatIsRefused() throws IOException {
        Path file = csv("rows.parquet", "a\n1\n");
        assertThatThrownBy(() -> location("parquet", Map.of(), file).open(spark))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read " + file + " as parquet: file:" + file
                        + " is not a Parquet file (length is too low: 4)");
    }

    @Test
    void whereThatIsNoSqlIsTheJobsMistake() throws IOException {
        Path file = csv("rows.csv", "a\n1\n");
        assertThatThrownBy(() -> where(file, "a >> > 1").open(spark))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid data.where: a >> > 1 (must be an SQL condition: Syntax error at or near '>')");
    }

    @Test
    void whereWithAnUnknownColumnIsTheDatasMistake() throws IOException {
        Path file = csv("rows.csv", "a\n1\n");
        assertThatThrownBy(() -> where(file, "c > 1").open(spark))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot filter " + file + " by data.where c > 1: ")
                .hasMessageContaining("`c`")
                .hasMessageContaining("`a`");
    }

    @Test
    void whereThatIsNoConditionIsRefused() throws IOException {
        Path file = csv("rows.csv", "a\n1\n");
        assertThatThrownBy(() -> where(file, "a + 1").open(spark))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot filter " + file + " by data.where a + 1: ")
                .hasMessageEndingWith("is not a boolean");
    }

    @Test
    void schemeWithoutAFileSystemIsRefused() {
        assertThatThrownBy(
                        () -> new DatasetLocation("csv", List.of("nowhere://host/rows.csv"), HEADER, Optional.empty())
                                .open(spark))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read nowhere://host/rows.csv as csv: No FileSystem for scheme \"nowhere\"");
    }

    @Test
    void blankFormatIsInvalid() {
        assertThatThrownBy(() -> new DatasetLocation(" ", List.of(), Map.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid format: blank (must name a Spark source)");
    }

    private Path csv(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static DatasetLocation location(String format, Map<String, String> options, Path... paths) {
        return new DatasetLocation(
                format, List.of(paths).stream().map(Path::toString).toList(), options, Optional.empty());
    }

    private static DatasetLocation where(Path file, String condition) {
        return new DatasetLocation("csv", List.of(file.toString()), HEADER, Optional.of(condition));
    }
}
