package io.firesteel.spark.evaluate.sorted;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.metric.set.MetricStates;
import io.firesteel.spark.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Pairs of a test: as rows of Spark, and as a batch for the metrics that hold them. */
@SuppressWarnings("ArrayRecordComponent") // lives within one test
record Pairs(double[] x, double[] y, double[] weights) {
    private static final StructType SCHEMA = new StructType()
            .add("x", DataTypes.DoubleType)
            .add("y", DataTypes.DoubleType)
            .add("weight", DataTypes.DoubleType);

    /** Numbers that have something to do with each other, after a function that may make some equal; weights are quarters. */
    static Pairs random(Random random, int count, DoubleUnaryOperator ofX, DoubleUnaryOperator ofY) {
        double[] x = new double[count];
        double[] y = new double[count];
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            double common = random.nextGaussian();
            x[i] = ofX.applyAsDouble(common + random.nextGaussian()) + 0.0;
            y[i] = ofY.applyAsDouble(common + random.nextGaussian()) + 0.0;
            weights[i] = random.nextInt(1, 9) / 4.0;
        }
        return new Pairs(x, y, weights);
    }

    /** In partitions, some of which may be empty. */
    Dataset<Row> rows(int partitions) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            rows.add(RowFactory.create(x[i], y[i], weights[i]));
        }
        return SharedSpark.session().createDataFrame(rows, SCHEMA).repartition(partitions);
    }

    /** What a metric that holds all pairs says of x as predictions and y as targets. */
    MetricValue inOneState(String metric) {
        MetricSet set = MetricSet.of(metric);
        MetricStates states = set.zero();
        states.update(new MetricInput()
                .begin(x.length)
                .predictions(x, 1)
                .targets(y, 1)
                .weights(weights));
        return set.compute(states).values().get(metric);
    }
}
