package io.firesteel.engine.metric.regression;

import io.firesteel.engine.metric.ColumnSums;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;

/**
 * The state of metrics that compare spreads: a {@link CoMoment} of each column. Has no shape before the first row. Takes 48 bytes for each
 * column, however many rows there are.
 */
final class CoMoments implements MetricState<CoMoments> {
    private CoMoment[] columns = {};
    private long rows;

    /** What is compared with the targets. */
    enum With {
        PREDICTIONS,
        /** Target less prediction. */
        ERRORS
    }

    /** Adds a batch: x is its targets, y what they are compared with. */
    void add(MetricInput input, With with, String metric) {
        if (input.rows() == 0) {
            return;
        }
        shape(metric, input.pairedColumns(metric));
        for (int column = 0; column < columns.length; column++) {
            columns[column] = columns[column].plus(of(input, with, column));
        }
        rows += input.rows();
    }

    private void shape(String metric, int count) {
        if (columns.length == 0) {
            columns = new CoMoment[count];
            Arrays.fill(columns, CoMoment.NONE);
        }
        ColumnSums.checkShape(metric, count, columns.length);
    }

    private static CoMoment of(MetricInput input, With with, int column) {
        int first = 0;
        while (first < input.rows() && input.weight(first) == 0) {
            first++;
        }
        return first == input.rows() ? CoMoment.NONE : of(input, with, column, first);
    }

    /** Local sums and arrays: this is the loop that takes the time. */
    private static CoMoment of(MetricInput input, With with, int column, int first) {
        boolean errors = with == With.ERRORS;
        boolean weighted = input.hasWeights();
        int width = input.predictionColumns();
        double[] targets = input.targetValues();
        double[] predictions = input.predictionValues();
        double[] rowWeights = weighted ? input.rowWeights() : targets;
        double originX = input.target(first, column);
        double originY = errors ? originX - input.prediction(first, column) : input.prediction(first, column);
        double weights = 0;
        double sumX = 0;
        double squareX = 0;
        double sumY = 0;
        double squareY = 0;
        double product = 0;
        for (int row = first, i = first * width + column; row < input.rows(); row++, i += width) {
            double weight = weighted ? rowWeights[row] : 1;
            if (weight > 0) {
                double x = targets[i] - originX;
                double y = (errors ? targets[i] - predictions[i] : predictions[i]) - originY;
                double weightedY = weight * y;
                weights += weight;
                sumX += weight * x;
                squareX += weight * x * x;
                sumY += weightedY;
                squareY += weightedY * y;
                product += weightedY * x;
            }
        }
        return CoMoment.shifted(originX, originY, new double[] {weights, sumX, squareX, sumY, squareY, product});
    }

    int columns() {
        return columns.length;
    }

    CoMoment column(int index) {
        return columns[index];
    }

    double weight() {
        return columns.length == 0 ? 0 : columns[0].weight();
    }

    @Override
    public CoMoments plus(CoMoments other) {
        CoMoments merged = new CoMoments();
        merged.columns = columns.length == 0 ? other.columns.clone() : columns.clone();
        if (columns.length > 0 && other.columns.length > 0) {
            ColumnSums.checkShape("a state", other.columns.length, columns.length);
            Arrays.setAll(merged.columns, i -> columns[i].plus(other.columns[i]));
        }
        merged.rows = Math.addExact(rows, other.rows);
        return merged;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void write(StateOutput output) {
        output.writeInt(columns.length);
        for (CoMoment column : columns) {
            column.write(output);
        }
        output.writeLong(rows);
    }

    static CoMoments read(StateInput input) {
        CoMoments state = new CoMoments();
        state.columns = new CoMoment[input.readCount(CoMoment.BYTES)];
        Arrays.setAll(state.columns, i -> CoMoment.read(input));
        state.rows = input.readLong();
        return state;
    }
}
