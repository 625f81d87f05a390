package io.firesteel.spark.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.data.DataException;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.spark.SharedSpark;
import io.firesteel.spark.config.WeightConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two models and a baseline over the same rows; expected values are by hand. */
@Timeout(120)
class ScoringTest {
    private static final SparkSession SPARK = SharedSpark.session();
    private static final int ROWS = 3000;

    /** a = id, b = 1, label id + 4, region by id, weight 2, last = id + 3. */
    private static Dataset<Row> rows() {
        return SPARK.range(0, ROWS, 1, 2)
                .selectExpr(
                        "id",
                        "double(id) as a",
                        "1.0D as b",
                        "double(id) + 4 as y",
                        "if(id % 2 = 0, 'even', null) as region",
                        "2.0F as w",
                        "id + 3 as last");
    }

    private static LoadedModel candidate() {
        return LinearModels.of(
                LossFunction.MSE,
                Map.of(),
                LinearModels.columns("a", "b"),
                1,
                Optional.of(new WeightConfig("w")),
                1,
                2,
                3);
    }

    /** Sees a as a + 10. */
    private static LoadedModel champion() {
        return LinearModels.of(LossFunction.MSE, Map.of("a", "a + 10"), LinearModels.columns("a", "b"), 1, 1, 2, 3);
    }

    @Test
    void modelsAndBaselineSeeTheSameRowsEachInItsWay() {
        List<Seen> seen = Scoring.of(
                        rows(),
                        "rows",
                        List.of(candidate(), champion()),
                        List.of("region"),
                        Optional.of(Baseline.of("last", LossFunction.MSE)))
                .map(ScoringTest::look)
                .collect();

        assertThat(seen).hasSize(2);
        List<double[]> all = new ArrayList<>();
        seen.forEach(partition -> all.addAll(partition.values()));
        assertThat(all).hasSize(ROWS);
        for (int id = 0; id < ROWS; id++) {
            assertThat(all.get(id))
                    .as("row %d", id)
                    .containsExactly(id + 5.0, 1.0, id + 15.0, 121.0, id + 3.0, 1.0, id + 4.0, 2.0);
        }
        assertThat(seen.get(0).regions().subList(0, 3)).containsExactly("even", "null", "even");
    }

    @Test
    void idsAreTheSameInEveryRunAndDifferFromRowToRow() {
        List<Long> once = ids();
        assertThat(once).isEqualTo(ids()).hasSize(ROWS);
        assertThat(new HashSet<>(once)).hasSize(ROWS);
    }

    private static List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        Scoring.of(rows(), "rows", List.of(candidate()), List.of(), Optional.empty())
                .map(ScoringTest::look)
                .collect()
                .forEach(seen -> ids.addAll(seen.ids()));
        return ids;
    }

    @Test
    void emptyPartitionsAreSeenAsSuch() {
        List<Integer> counts = Scoring.of(
                        rows().where("id < 5"), "rows", List.of(candidate()), List.of(), Optional.empty())
                .withoutIds()
                .map(batches -> look(batches).ids().size())
                .collect();
        assertThat(counts).containsExactly(5, 0);
    }

    @Test
    void classesAreClasses() {
        Dataset<Row> rows = SPARK.range(0, 1, 1, 1).selectExpr("2.0D as a", "1.0D as b", "1 as y", "2 as last");
        List<String> seen = Scoring.of(
                        rows,
                        "rows",
                        List.of(LinearModels.classes()),
                        List.of(),
                        Optional.of(Baseline.of("last", LossFunction.CROSS_ENTROPY)))
                .map(batches -> {
                    ScoredBatch batch = batches.next();
                    MetricInput model = batch.outputs().get(0);
                    MetricInput last = batch.outputs().get(1);
                    return model.predictedClass(0) + " " + last.predictedClass(0) + " " + model.classLabel(0) + " "
                            + last.predictionKind() + " " + batch.rows();
                })
                .collect();
        assertThat(seen).containsExactly("0 2 1 " + PredictionKind.CLASSES + " 1");
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        assertThatThrownBy(() -> Scoring.of(
                                rows().selectExpr("*", "if(id = 2, null, id) as gap"),
                                "rows",
                                List.of(candidate()),
                                List.of(),
                                Optional.of(Baseline.of("gap", LossFunction.MSE)))
                        .map(ScoringTest::look)
                        .collect())
                .rootCause()
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Cannot use rows: column gap, the baseline, is null in a row (expected a finite number; leave such"
                                + " rows out, or name another baseline)");
        assertThatThrownBy(() -> Scoring.of(rows(), "rows", List.of(candidate()), List.of("city"), Optional.empty())
                        .map(ScoringTest::look))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot group by column city: rows has no such column (expected one of id, a, b, y, region, w,"
                                + " last)");
        assertThatThrownBy(() -> Scoring.of(rows().drop("y"), "rows", List.of(candidate()), List.of(), Optional.empty())
                        .map(ScoringTest::look))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot find column y for label.column: rows has the columns id, a, b, region, w, last");
        assertThatThrownBy(() -> Scoring.of(rows(), "rows", List.of(), List.of(), Optional.empty()))
                .hasMessage("Invalid models: none (must be at least one)");
    }

    /** What there was in a partition: for each row predictions and losses of all outputs, the target and the weight. */
    private record Seen(List<double[]> values, List<String> regions, List<Long> ids) implements Serializable {}

    private static Seen look(Iterator<ScoredBatch> batches) {
        Seen seen = new Seen(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        while (batches.hasNext()) {
            ScoredBatch batch = batches.next();
            seen.ids().addAll(batch.ids());
            batch.groups().forEach(seen.regions()::addAll);
            for (int row = 0; row < batch.rows(); row++) {
                List<Double> values = new ArrayList<>();
                for (MetricInput output : batch.outputs()) {
                    values.add(output.prediction(row, 0));
                    values.add(output.loss(row));
                }
                values.add(batch.outputs().get(0).target(row, 0));
                values.add(batch.outputs().get(0).weight(row));
                seen.values()
                        .add(values.stream().mapToDouble(Double::doubleValue).toArray());
            }
        }
        return seen;
    }
}
