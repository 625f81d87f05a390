package io.firesteel.engine.metric.aggregation;

import io.firesteel.engine.metric.ColumnSums;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;

/**
 * The state of everything that numbers can be summed up to: a {@link Summary} of each column. Has no shape before the first row. Takes 48
 * bytes for each column, however many rows there are.
 */
final class Summaries implements MetricState<Summaries> {
    private Summary[] columns = {};
    private long rows;

    void add(MetricInput input, Source source, String metric) {
        if (input.rows() == 0) {
            return;
        }
        int count = source.columns(input);
        if (columns.length == 0) {
            columns = new Summary[count];
            Arrays.fill(columns, Summary.NONE);
        }
        ColumnSums.checkShape(metric, count, columns.length);
        for (int column = 0; column < count; column++) {
            columns[column] = columns[column].plus(of(input, source, column));
        }
        rows += input.rows();
    }

    /** One pass: squares are of differences from the first number that counts, which lies among the others. */
    private static Summary of(MetricInput input, Source source, int column) {
        double origin = 0;
        double weights = 0;
        double sum = 0;
        double shift = 0;
        double square = 0;
        double minimum = Double.POSITIVE_INFINITY;
        double maximum = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < input.rows(); row++) {
            double weight = input.weight(row);
            if (weight > 0) {
                double value = source.value(input, row, column);
                origin = weights == 0 ? value : origin;
                double difference = value - origin;
                weights += weight;
                sum += weight * value;
                shift += weight * difference;
                square += weight * difference * difference;
                minimum = Math.min(minimum, value);
                maximum = Math.max(maximum, value);
            }
        }
        if (weights == 0) {
            return Summary.NONE;
        }
        double mean = shift / weights;
        return new Summary(weights, sum, origin + mean, Math.max(0, square - shift * mean), minimum, maximum);
    }

    int columns() {
        return columns.length;
    }

    Summary column(int index) {
        return columns[index];
    }

    double weight() {
        return columns.length == 0 ? 0 : columns[0].weight();
    }

    @Override
    public Summaries plus(Summaries other) {
        Summaries merged = new Summaries();
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
        for (Summary column : columns) {
            column.write(output);
        }
        output.writeLong(rows);
    }

    static Summaries read(StateInput input) {
        Summaries state = new Summaries();
        state.columns = new Summary[input.readCount(Summary.BYTES)];
        Arrays.setAll(state.columns, i -> Summary.read(input));
        state.rows = input.readLong();
        return state;
    }
}
