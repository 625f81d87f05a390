package io.firesteel.spark.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.spark.config.CheckAction;
import io.firesteel.spark.config.ChecksConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class DataChecksTest {
    private static final Optional<DataStatistics> NO_CHAMPION = Optional.empty();

    @Test
    void sameColumnsAreFine() {
        assertThat(schema("x double, y bigint", "x double, y bigint"))
                .containsExactly(result("schema", Status.OK, "The 2 columns are those that the champion's data had"));
    }

    @Test
    void columnInUseThatIsGoneOrOfAnotherTypeStops() {
        assertThat(schema("x double, y bigint", "x string"))
                .containsExactly(
                        result(
                                "schema",
                                "x",
                                Status.STOP,
                                "Column x is string, it was double, and the champion was trained on it; correct the"
                                        + " source, or set checks.schema: warn"),
                        result(
                                "schema",
                                "y",
                                Status.STOP,
                                "Column y is gone, and the champion was trained on it; restore it, or set"
                                        + " checks.schema: warn"));
    }

    @Test
    void otherChangesOfColumnsAreWarnedOf() {
        assertThat(schema("x double, y bigint, note string", "x int, y bigint, when date"))
                .containsExactly(
                        result(
                                "schema",
                                "x",
                                Status.WARN,
                                "Column x is int, it was double, and the champion was trained on it"),
                        result(
                                "schema",
                                "note",
                                Status.WARN,
                                "Column note is gone; restore it, or set checks.schema: warn"),
                        result(
                                "schema",
                                "when",
                                Status.WARN,
                                "Column when (date) is new: the champion's data didn't have it"));
    }

    @Test
    void schemaMayOnlyWarn() {
        ChecksConfig config = new ChecksConfig(
                Optional.empty(), Optional.empty(), List.of(), Optional.empty(), CheckAction.WARN, Optional.empty());
        List<CheckResult> results = new DataChecks(config)
                .schema(StructType.fromDDL("x string, z int"), champion("x double", numbers("x", 1, 2)));
        assertThat(results).extracting(CheckResult::status).containsExactly(Status.WARN, Status.OK);
    }

    @Test
    void rowsAreComparedWithLimits() {
        ChecksConfig.Rows rule =
                new ChecksConfig.Rows(Optional.of(100L), Optional.of(1000L), Optional.empty(), CheckAction.STOP);
        assertThat(data(rows(rule), ofRows(50), NO_CHAMPION))
                .containsExactly(
                        result(
                                "rows.minimum",
                                Status.STOP,
                                "There are 50 rows, fewer than 100; look whether the source is complete, or lower"
                                        + " checks.rows.minimum",
                                50,
                                100),
                        result("rows.maximum", Status.OK, "There are 50 rows, at most 1000", 50, 1000));
        assertThat(data(rows(rule), ofRows(5000), NO_CHAMPION).get(1))
                .isEqualTo(result(
                        "rows.maximum",
                        Status.STOP,
                        "There are 5,000 rows, more than 1000; look for repeated files, or raise checks.rows.maximum",
                        5000,
                        1000));
    }

    @Test
    void rowsAreComparedWithTheMedianOfSuccesses() {
        ChecksConfig config =
                rows(new ChecksConfig.Rows(Optional.empty(), Optional.empty(), Optional.of(0.3), CheckAction.WARN));
        assertThat(new DataChecks(config).data(ofRows(60), NO_CHAMPION, List.of(90L, 110L, 5000L, 10L)))
                .containsExactly(result(
                        "rows.change",
                        Status.WARN,
                        "There are 60 rows, 40 % less than 100, the median of the last 4 successes (allowed: 30 %); look"
                                + " whether the source is complete, or raise checks.rows.maxChange",
                        0.4,
                        0.3));
        assertThat(new DataChecks(config).data(ofRows(125), NO_CHAMPION, List.of(100L)))
                .containsExactly(result(
                        "rows.change",
                        Status.OK,
                        "There are 125 rows, 25 % more than 100, the median of the last 1 success (allowed: 30 %)",
                        0.25,
                        0.3));
        assertThat(new DataChecks(config).data(ofRows(60), NO_CHAMPION, List.of()))
                .isEmpty();
    }

    @Test
    void noRowsStopWhateverIsConfigured() {
        assertThat(data(config(), ofRows(0), NO_CHAMPION))
                .containsExactly(result(
                        "rows.minimum",
                        Status.STOP,
                        "There are no rows to train with; look at data.path and data.where",
                        0,
                        1));
    }

    @Test
    void missingValuesAreToldPerColumn() {
        ColumnStatistics half = column("x", 50, 50, summary(1));
        ChecksConfig config = new ChecksConfig(
                Optional.empty(),
                Optional.of(new ChecksConfig.Nulls(0.1, List.of(), CheckAction.STOP)),
                List.of(),
                Optional.empty(),
                CheckAction.STOP,
                Optional.empty());
        assertThat(data(config, of(100, half, numbers("z", 1)), NO_CHAMPION))
                .containsExactly(
                        result(
                                "nulls",
                                "x",
                                Status.STOP,
                                "Column x has no value in 50 % (50 of 100, allowed: 10 %); look at the source, or raise"
                                        + " checks.nulls.maxFraction",
                                0.5,
                                0.1),
                        result(
                                "nulls",
                                "z",
                                Status.OK,
                                "Column z has no value in 0 % (0 of 1, allowed: 10 %)",
                                0,
                                0.1));
    }

    @Test
    void valuesOutOfRangeAreTold() {
        ChecksConfig config = ranges(new ChecksConfig.Range("x", Optional.of(0.0), Optional.of(5.0), CheckAction.WARN));
        assertThat(data(config, of(3, numbers("x", -1.25, 2, 5)), NO_CHAMPION))
                .containsExactly(
                        result(
                                "range",
                                "x",
                                Status.WARN,
                                "The smallest value of column x is -1.25 (expected at least 0); look at the source, leave"
                                        + " such rows out with data.where, or widen checks.ranges",
                                -1.25,
                                0),
                        result(
                                "range",
                                "x",
                                Status.OK,
                                "The largest value of column x is 5 (expected at most 5)",
                                5,
                                5));
        assertThat(data(config, of(3, column("x", 0, 3, summary())), NO_CHAMPION))
                .extracting(CheckResult::text)
                .containsOnly("Column x has no numbers to compare with its range");
        assertThat(data(config, of(3, classes("x", Map.of("a", 3L))), NO_CHAMPION))
                .containsExactly(result(
                        "range",
                        "x",
                        Status.WARN,
                        "Column x is bigint and has no range; leave it out of checks.ranges"));
    }

    @Test
    void rareClassIsTold() {
        assertThat(data(
                        labels(Optional.of(0.1), Optional.empty()),
                        of(100, classes("y", Map.of("0", 95L, "1", 5L))),
                        NO_CHAMPION))
                .containsExactly(result(
                        "labels.balance",
                        "y",
                        Status.STOP,
                        "The rarest class of y, 1, has 5 % of the rows (expected at least 10 %); look whether the source"
                                + " is complete, or lower checks.labels.minFraction",
                        0.05,
                        0.1));
    }

    @Test
    void labelsThatMoveAndClassesThatComeOrGoAreTold() {
        Optional<DataStatistics> champion = Optional.of(of(100, classes("y", Map.of("0", 60L, "1", 40L))));
        DataStatistics now = of(100, classes("y", Map.of("0", 60L, "2", 40L)));
        assertThat(data(labels(Optional.empty(), Optional.of(0.2)), now, champion))
                .containsExactly(
                        result(
                                "labels.shift",
                                "y",
                                Status.STOP,
                                "The labels of y have moved by 0.4 from the champion's, the largest difference of shares"
                                        + " (allowed: 0.2); look at the source of the labels, or raise"
                                        + " checks.labels.maxShift",
                                0.4,
                                0.2),
                        result(
                                "labels.classes",
                                "y",
                                Status.STOP,
                                "Column y has classes that the champion's data hadn't: 2; see whether the model has outputs"
                                        + " for them"),
                        result(
                                "labels.classes",
                                "y",
                                Status.STOP,
                                "Column y lacks classes that the champion's data had: 1; look whether the source is"
                                        + " complete"));
        assertThat(data(config(), now, champion))
                .extracting(CheckResult::status)
                .containsOnly(Status.WARN);
        assertThat(data(labels(Optional.of(0.3), Optional.empty()), now, champion)
                        .get(0)
                        .text())
                .startsWith("The rarest class of y, 1, has 0 % of the rows");
    }

    @Test
    void featureThatMovesIsWarnedOfOrStops() {
        DataStatistics champion = of(1000, numbers("x", sample(1, 0)));
        DataStatistics far = of(1000, numbers("x", sample(2, 2)));
        CheckResult stopped =
                data(psi(0.1, Optional.of(0.25)), far, Optional.of(champion)).get(0);
        assertThat(stopped.status()).isEqualTo(Status.STOP);
        assertThat(stopped.text())
                .matches("Column x has moved from the champion's data: its stability index is \\d\\.\\d+ \\(stop from"
                        + " 0\\.25\\); look at the source, or raise checks\\.drift\\.stop to train with it");
        CheckResult warned =
                data(psi(0.1, Optional.empty()), far, Optional.of(champion)).get(0);
        assertThat(warned.status()).isEqualTo(Status.WARN);
        CheckResult fine = data(psi(0.1, Optional.empty()), of(1000, numbers("x", sample(3, 0))), Optional.of(champion))
                .get(0);
        assertThat(fine.status()).isEqualTo(Status.OK);
        assertThat(fine.text())
                .matches("Column x is where the champion's data was: its stability index is 0\\.0\\d+ \\(warning from"
                        + " 0\\.1\\)");
        assertThat(data(psi(0.1, Optional.empty()), far, NO_CHAMPION)).isEmpty();
    }

    @Test
    void driftThatFewRowsHaveByChanceIsNotTold() {
        DataStatistics champion = of(1000, numbers("x", sample(1, 0)));
        double[] few = Arrays.copyOf(sample(2, 0), 20);
        CheckResult found = data(psi(0.01, Optional.of(0.02)), of(20, numbers("x", few)), Optional.of(champion))
                .get(0);
        assertThat(found.status()).isEqualTo(Status.OK);
        assertThat(found.text()).matches(".* \\(chance alone gives up to 1\\.4\\d+ with so few rows\\)");
    }

    @Test
    void largestDistanceIsTheOtherMeasureForNumbersAndCategories() {
        ChecksConfig ks =
                drift(new ChecksConfig.Drift(ChecksConfig.Drift.Test.KS, 0.2, Optional.of(0.4), List.of("*")));
        assertThat(data(
                        ks,
                        of(400, numbers("x", few(0, 1, 1, 1))),
                        Optional.of(of(400, numbers("x", few(0, 0, 1, 1))))))
                .containsExactly(result(
                        "drift",
                        "x",
                        Status.WARN,
                        "Column x has moved from the champion's data: the largest distance of the distributions is 0.25"
                                + " (warning from 0.2); look at the source, or raise checks.drift.warn",
                        0.25,
                        0.2));
        CheckResult moved = data(
                        ks,
                        of(100, classes("t", Map.of("a", 50L, "b", 50L))),
                        Optional.of(of(100, classes("t", Map.of("a", 100L)))))
                .stream()
                .filter(result -> result.name().equals("drift"))
                .findFirst()
                .orElseThrow();
        assertThat(moved.value()).hasValue(0.5);
        assertThat(moved.status()).isEqualTo(Status.STOP);
    }

    @Test
    void constantColumnMayChange() {
        DataStatistics constant = of(1000, numbers("x", new double[1000]));
        assertThat(data(psi(0.1, Optional.empty()), constant, Optional.of(constant)))
                .extracting(CheckResult::status)
                .containsExactly(Status.OK);
        assertThat(data(psi(0.1, Optional.empty()), of(1000, numbers("x", sample(1, 0))), Optional.of(constant)))
                .extracting(CheckResult::status)
                .containsExactly(Status.WARN);
    }

    @Test
    void columnThatLostAllItsValuesStops() {
        DataStatistics champion = of(3, numbers("x", 1, 2, 3));
        assertThat(data(psi(0.1, Optional.of(1.0)), of(3, column("x", 0, 3, summary())), Optional.of(champion)))
                .containsExactly(result(
                        "drift",
                        "x",
                        Status.STOP,
                        "Column x has no values, the champion's data had 3; look at the source"));
    }

    @Test
    void numbersThatBecameTextCannotBeCompared() {
        DataStatistics champion = of(3, numbers("x", 1, 2, 3));
        assertThat(data(psi(0.1, Optional.of(1.0)), of(3, classes("x", Map.of("a", 3L))), Optional.of(champion)))
                .extracting(CheckResult::text)
                .contains("Column x can't be compared with the champion's data: it is bigint with 3 values, and was"
                        + " double with 3");
    }

    @Test
    void whatStopsIsToldInOneSentence() {
        assertThat(DataChecks.stopReason(List.of(result("rows.minimum", Status.WARN, "Few rows"))))
                .isEmpty();
        assertThat(DataChecks.stopReason(List.of(
                        result("rows.minimum", Status.STOP, "There are no rows"),
                        result("range", "x", Status.OK, "Fine"),
                        result("range", "x", Status.STOP, "The smallest is -1"))))
                .contains("Cannot train with this data: there are no rows; also, the smallest is -1");
        assertThat(DataChecks.stopReason(Collections.nCopies(5, result("nulls", "x", Status.STOP, "Column x"))))
                .contains("Cannot train with this data: column x; also, column x; also, column x (and 2 more, see the"
                        + " verdict)");
    }

    @Test
    void resultsBecomeJson() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("name", "range");
        expected.put("column", "x");
        expected.put("status", "warn");
        expected.put("text", "Large");
        expected.put("value", null);
        expected.put("limit", 5.0);
        assertThat(result("range", "x", Status.WARN, "Large", Double.POSITIVE_INFINITY, 5)
                        .toMap())
                .isEqualTo(expected);
        assertThat(result("schema", Status.OK, "Fine").toMap()).containsOnlyKeys("name", "status", "text");
    }

    private static List<CheckResult> schema(String champion, String now) {
        DataStatistics statistics = champion(champion, numbers("x", 1), classes("y", Map.of("0", 1L)));
        return new DataChecks(config()).schema(StructType.fromDDL(now), statistics);
    }

    private static List<CheckResult> data(ChecksConfig config, DataStatistics now, Optional<DataStatistics> champion) {
        return new DataChecks(config).data(now, champion, List.of());
    }

    private static ChecksConfig config() {
        return ranges();
    }

    private static ChecksConfig rows(ChecksConfig.Rows rule) {
        return new ChecksConfig(
                Optional.of(rule), Optional.empty(), List.of(), Optional.empty(), CheckAction.STOP, Optional.empty());
    }

    private static ChecksConfig ranges(ChecksConfig.Range... rules) {
        return new ChecksConfig(
                Optional.empty(),
                Optional.empty(),
                List.of(rules),
                Optional.empty(),
                CheckAction.STOP,
                Optional.empty());
    }

    private static ChecksConfig labels(Optional<Double> minFraction, Optional<Double> maxShift) {
        ChecksConfig.Labels rule = new ChecksConfig.Labels(minFraction, maxShift, CheckAction.STOP);
        return new ChecksConfig(
                Optional.empty(), Optional.empty(), List.of(), Optional.of(rule), CheckAction.STOP, Optional.empty());
    }

    private static ChecksConfig psi(double warn, Optional<Double> stop) {
        return drift(new ChecksConfig.Drift(ChecksConfig.Drift.Test.PSI, warn, stop, List.of()));
    }

    private static ChecksConfig drift(ChecksConfig.Drift rule) {
        return new ChecksConfig(
                Optional.empty(), Optional.empty(), List.of(), Optional.empty(), CheckAction.STOP, Optional.of(rule));
    }

    private static DataStatistics ofRows(long rows) {
        return of(rows);
    }

    private static DataStatistics of(long rows, ColumnStatistics... columns) {
        return new DataStatistics(rows, Map.of(), List.of(columns));
    }

    private static DataStatistics champion(String schema, ColumnStatistics... columns) {
        return new DataStatistics(1, DataStatistics.types(StructType.fromDDL(schema)), List.of(columns));
    }

    private static ColumnStatistics numbers(String name, double... values) {
        return column(name, values.length, 0, summary(values));
    }

    private static ColumnStatistics column(String name, long values, long nulls, NumberSummary numbers) {
        return new ColumnStatistics(
                name, Role.FEATURE, "double", values, nulls, Optional.of(numbers), Optional.empty());
    }

    private static NumberSummary summary(double... values) {
        double least = Arrays.stream(values).min().orElse(Double.NaN);
        double largest = Arrays.stream(values).max().orElse(Double.NaN);
        NumberBins bins = new NumberBins(4096);
        Arrays.stream(values).forEach(bins::add);
        Histogram histogram =
                new Histogram(values.length == 0 ? new ArrayList<>() : bins.bins(least, largest)).inParts(100);
        return new NumberSummary(0, 0, least, largest, 0, 1, histogram);
    }

    private static ColumnStatistics classes(String name, Map<String, Long> counts) {
        CategorySummary summary = CategorySummary.of(counts);
        return new ColumnStatistics(
                name, Role.CLASS_LABEL, "bigint", summary.count(), 0, Optional.empty(), Optional.of(summary));
    }

    private static double[] sample(int seed, double shift) {
        Random random = new Random(seed);
        return random.doubles(1000).map(value -> value + shift).toArray();
    }

    private static double[] few(double... four) {
        return IntStream.range(0, 400).mapToDouble(i -> four[i % 4]).toArray();
    }

    private static CheckResult result(String name, Status status, String text) {
        return CheckResult.of(name, status, text, Double.NaN, Double.NaN);
    }

    private static CheckResult result(String name, Status status, String text, double value, double limit) {
        return CheckResult.of(name, status, text, value, limit);
    }

    private static CheckResult result(String name, String column, Status status, String text) {
        return CheckResult.of(name, column, status, text);
    }

    private static CheckResult result(
            String name, String column, Status status, String text, double value, double limit) {
        return CheckResult.of(name, column, status, text, value, limit);
    }
}
