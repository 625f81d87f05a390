package io.firesteel.spark.evaluate.sorted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.metric.set.MetricStates;
import io.firesteel.spark.SharedSpark;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SortedScoresTest {
    private static final StructType SCHEMA = new StructType()
            .add("score", DataTypes.DoubleType)
            .add("label", DataTypes.IntegerType)
            .add("weight", DataTypes.DoubleType);

    /** The example of scikit-learn's roc_auc_score and average_precision_score: 0.75 and 0.8333. */
    @Test
    void areasEqualThoseOfScikitLearn() {
        SortedScores scores = sorted(rows(new double[] {0.1, 0.4, 0.35, 0.8}, 0, 0, 1, 1));
        assertThat(scores.rocAuc()).isEqualTo(0.75);
        assertThat(scores.averagePrecision()).isCloseTo(2.5 / 3, within(1e-15));
    }

    @Test
    void equalScoresOfBothSignsOfZeroCountHalf() {
        SortedScores scores = sorted(rows(new double[] {-0.0, 0.0, 1, 1}, 0, 1, 0, 1));
        assertThat(scores.rocAuc()).isEqualTo(0.5);
        assertThat(scores.averagePrecision()).isEqualTo(0.5);
    }

    /** Against the metrics, which hold all rows and whose values are compared with scikit-learn's. */
    @Test
    void manyPartitionsWithTiesAndWeightsGiveWhatOneStateGives() {
        Random random = new Random(3);
        for (int round = 0; round < 3; round++) {
            int levels = List.of(7, 1000, 1_000_000).get(round);
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                int label = random.nextInt(3) / 2;
                double score = Math.rint((random.nextGaussian() + label) * levels) / levels;
                rows.add(RowFactory.create(score, label, random.nextInt(5) / 4.0));
            }
            SortedScores scores = sorted(rows);
            Map<String, MetricValue> expected = inOneState(rows);
            assertThat(scores.rocAuc()).isCloseTo(expected.get("rocAuc").number(), within(1e-13));
            assertThat(scores.averagePrecision())
                    .isCloseTo(expected.get("averagePrecision").number(), within(1e-13));
        }
    }

    @Test
    void classWithoutWeightAndScoresWithoutAnOrderAreToldOf() {
        assertThat(sorted(rows(new double[] {0.1, 0.4}, 1, 1)).negatives()).isZero();
        assertThat(sorted(List.of()).positives()).isZero();
        assertThat(sorted(rows(new double[] {0.1, Double.NaN, Double.NaN}, 0, 1, 1))
                        .missing())
                .isEqualTo(2);
        SortedScores weightless = sorted(List.of(RowFactory.create(0.5, 1, 1.0), RowFactory.create(0.4, 0, 0.0)));
        assertThat(weightless.positives()).isEqualTo(1);
        assertThat(weightless.negatives()).isZero();
        assertThat(weightless.rocAuc()).isNaN();
    }

    private static List<Row> rows(double[] scores, int... labels) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            rows.add(RowFactory.create(scores[i], labels[i], 1.0));
        }
        return rows;
    }

    private static SortedScores sorted(List<Row> rows) {
        Dataset<Row> file = SharedSpark.session().createDataFrame(rows, SCHEMA).repartition(3);
        return SortedScores.of(
                file, functions.col("score"), functions.col("label").equalTo(1), functions.col("weight"));
    }

    private static Map<String, MetricValue> inOneState(List<Row> rows) {
        MetricSet set = MetricSet.of("rocAuc", "averagePrecision");
        MetricStates states = set.zero();
        states.update(new MetricInput()
                .begin(rows.size())
                .predictions(rows.stream().mapToDouble(row -> row.getDouble(0)).toArray(), 1)
                .classes(LongBuffer.wrap(
                        rows.stream().mapToLong(row -> row.getInt(1)).toArray()))
                .weights(rows.stream().mapToDouble(row -> row.getDouble(2)).toArray()));
        return set.compute(states).values();
    }
}
