package io.firesteel.engine.metric.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values are compared with scikit-learn in {@link ScoreMetricTest}. */
class QueryMetricTest {
    private static final RowSource QUERIES = (random, count) -> new MetricRows(count)
            .predictions(4, rounded(random, 4 * count))
            .targets(4, random.ints(4L * count, 0, 3).asDoubleStream().toArray())
            .weights(RowSource.quarters(random, count));

    private static final RowSource ITEMS = (random, count) -> new MetricRows(count)
            .predictions(1, rounded(random, count))
            .targets(1, random.ints(count, 0, 3).asDoubleStream().toArray())
            .weights(RowSource.quarters(random, count))
            .groups(random.ints(count, 0, 5).mapToObj(query -> "query " + query).toList());

    private static double[] rounded(Random random, int size) {
        return random.doubles(size).map(score -> Math.rint(10 * score)).toArray();
    }

    @TestFactory
    Stream<DynamicContainer> laws() {
        return Stream.of("hitRate", "ndcg", "mrr", "meanAveragePrecision", "precisionAtK", "recallAtK")
                .flatMap(name -> laws(Metrics.of(name)));
    }

    private static <S> Stream<DynamicContainer> laws(Metric<S> metric) {
        return MetricLaws.of(
                LawCase.ofSums(metric, QUERIES).golden(() -> golden(metric)),
                LawCase.exact(metric, ITEMS).golden(() -> golden(metric)));
    }

    private static <S> S golden(Metric<S> metric) {
        S state = metric.zero();
        metric.update(state, QUERIES.rows(new Random(0), 3).all());
        metric.update(state, ITEMS.rows(new Random(0), 5).all());
        return state;
    }

    /** Scores 3, 2, 2, 1 of relevances 0, 1, 0, 2: both items of score 2 have place 3. */
    @ParameterizedTest
    @CsvSource({
        "hitRate(k=1), 0",
        "hitRate(k=2), 0",
        "hitRate(k=3), 1",
        "mrr, 0.3333333333333333",
        "mrr(k=2), 0",
        "precisionAtK(k=3), 0.3333333333333333",
        "precisionAtK(k=8), 0.25",
        "recallAtK(k=3), 0.5",
        "recallAtK(k=4), 1",
        "meanAveragePrecision, 0.41666666666666663",
        "meanAveragePrecision(k=3), 0.16666666666666666"
    })
    void itemsWithEqualScoresHaveTheLastPlaceAmongThem(String metric, double expected) {
        assertThat(value(metric, new MetricRows(1).predictions(4, 3, 2, 2, 1).targets(4, 0, 1, 0, 2)))
                .isEqualTo(expected);
    }

    @Test
    void bothWaysToGiveQueriesAreOne() {
        MetricRows query = new MetricRows(1).predictions(3, 3, 2, 1).targets(3, 0, 1, 2);
        MetricRows items =
                new MetricRows(3).predictions(1, 2, 1, 3).targets(1, 1, 2, 0).groups(List.of("q", "q", "q"));
        for (String metric : List.of("ndcg", "ndcg(k=2,gain=exponential)", "mrr", "meanAveragePrecision")) {
            assertThat(value(metric, items)).isEqualTo(value(metric, query));
        }
    }

    /** The first query finds its item; the second has none and weighs 3. */
    @ParameterizedTest
    @CsvSource({"zero, 0.25", "skip, 1", "one, 1"})
    void queriesWithoutRelevantItemsCountAsTheUserSays(String noRelevant, double expected) {
        MetricRows rows = new MetricRows(2)
                .predictions(2, 2, 1, 2, 1)
                .targets(2, 1, 0, 0, 0)
                .weights(1, 3);
        assertThat(value("mrr(noRelevant=" + noRelevant + ")", rows)).isEqualTo(expected);
    }

    @Test
    void queryWeighsAsMuchAsItsHeaviestRow() {
        MetricRows rows = new MetricRows(4)
                .predictions(1, 2, 1, 2, 1)
                .targets(1, 1, 0, 0, 1)
                .groups(List.of("a", "a", "b", "b"))
                .weights(0, 3, 1, 0.5);
        assertThat(value("hitRate(k=1)", rows)).isEqualTo(0.75);
    }

    @Test
    void queriesThatAllWeighNothingAreRefused() {
        MetricRows rows =
                new MetricRows(1).predictions(2, 1, 2).targets(2, 0, 1).weights(0);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value("ndcg", rows))
                .withMessage("Cannot compute ndcg: total weight of queries in 1 rows is 0");
        MetricRows none = new MetricRows(1).predictions(2, 1, 2).targets(2, 0, 0);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value("ndcg(noRelevant=skip)", none))
                .withMessage("Cannot compute ndcg(noRelevant=skip): total weight of queries with a relevant item in 1"
                        + " rows is 0");
    }

    @Test
    void scoreThatIsNotANumberIsRefused() {
        MetricRows rows = new MetricRows(1).predictions(2, 1, Double.NaN).targets(2, 0, 1);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value("mrr", rows))
                .withMessage("Cannot compute mrr: a score is not a number (NaN, expected numbers)");
    }

    @Test
    void relevanceBelow0IsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        value("ndcg", new MetricRows(1).predictions(2, 1, 2).targets(2, 0, -1)))
                .withMessage("Invalid relevance of an item: -1.0 (must be a number >= 0)");
    }

    @Test
    void otherShapesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        value("ndcg", new MetricRows(1).predictions(3, 1, 2, 3).targets(2, 0, 1)))
                .withMessage("Cannot rank items: targets and predictions differ in columns (2, expected 3)");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        value("ndcg", new MetricRows(1).predictions(3, 1, 2, 3).classes(3)))
                .withMessage("Invalid class: 3 in row 0 of a batch (must be in [0, 3))");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> value("ndcg", new MetricRows(1).predictions(1, 1).targets(1, 1)))
                .withMessage("Cannot read groups: the batch has none");
    }

    private static double value(String metric, MetricRows rows) {
        return value(Metrics.of(metric), rows);
    }

    private static <S> double value(Metric<S> metric, MetricRows rows) {
        S state = metric.zero();
        metric.update(state, rows.all());
        return metric.compute(state).number();
    }
}
