package io.firesteel.engine.metric.probabilistic;

import io.firesteel.engine.metric.ColumnSums;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * At most a fixed number of different rows, each with its predictions, targets and total weight: all of them up to that number, a
 * sample beyond. The rows with the smallest hashes of their content are kept, so that chance has no part in it, and any split of the
 * data over ranks and batches, merged in any order, keeps the same rows: one that is among the smallest of all is among the smallest of
 * every part. Takes 8 bytes for each kept number.
 */
final class PairSample implements MetricState<PairSample> {
    private static final int MAXIMUM_COLUMNS = 1 << 24;

    private final int capacity;
    private final TreeMap<SampledPair, Double> kept = new TreeMap<>();
    private int predictionColumns;
    private int targetColumns;
    private double[] row = {};
    private long rows;

    PairSample(int capacity) {
        this.capacity = capacity;
    }

    void add(MetricInput input, String metric) {
        if (input.rows() == 0) {
            return;
        }
        shape(metric, input.predictionColumns(), input.targetColumns());
        for (int i = 0; i < input.rows(); i++) {
            rows++;
            double weight = input.weight(i);
            if (weight > 0) {
                read(input, i);
                offer(weight);
            }
        }
    }

    private void shape(String metric, int predictions, int targets) {
        if (row.length == 0) {
            predictionColumns = predictions;
            targetColumns = targets;
            row = new double[predictions + targets];
        }
        ColumnSums.checkShape(metric, predictions, predictionColumns);
        ColumnSums.checkShape(metric, targets, targetColumns);
    }

    private void read(MetricInput input, int index) {
        for (int column = 0; column < predictionColumns; column++) {
            row[column] = input.prediction(index, column);
        }
        for (int column = 0; column < targetColumns; column++) {
            row[predictionColumns + column] = input.target(index, column);
        }
    }

    /** Most rows of much data end at the comparison of hashes, before anything is allocated. */
    private void offer(double weight) {
        long hash = SampledPair.hash(row);
        if (kept.size() < capacity || hash <= kept.lastKey().hash()) {
            keep(new SampledPair(hash, row.clone()), weight);
        }
    }

    private void keep(SampledPair pair, double weight) {
        kept.merge(pair, weight, Double::sum);
        if (kept.size() > capacity) {
            kept.pollLastEntry();
        }
    }

    /** The kept rows' predictions, or their targets. */
    double[][] vectors(boolean targets) {
        int from = targets ? predictionColumns : 0;
        int to = targets ? predictionColumns + targetColumns : predictionColumns;
        return kept.keySet().stream().map(pair -> pair.values(from, to)).toArray(double[][]::new);
    }

    /** The kept rows' weights: how often each stands in the data. */
    double[] weights() {
        return kept.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public PairSample plus(PairSample other) {
        PairSample merged = new PairSample(capacity);
        for (PairSample part : List.of(this, other)) {
            if (part.row.length > 0) {
                merged.shape("a state", part.predictionColumns, part.targetColumns);
            }
            part.kept.forEach(merged::keep);
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
        output.writeLong(rows);
        output.writeInt(predictionColumns);
        output.writeInt(targetColumns);
        output.writeInt(kept.size());
        for (Map.Entry<SampledPair, Double> entry : kept.entrySet()) {
            output.writeDoubles(entry.getKey().values(0, row.length));
            output.writeDouble(entry.getValue());
        }
    }

    static PairSample read(int capacity, StateInput input) {
        PairSample state = new PairSample(capacity);
        state.rows = input.readLong();
        state.predictionColumns = readColumns(input);
        state.targetColumns = readColumns(input);
        int columns = state.predictionColumns + state.targetColumns;
        int count = input.readCount((columns + 1) * Double.BYTES);
        input.check(count <= capacity, "too many rows", count, capacity);
        for (int i = 0; i < count; i++) {
            double[] values = input.readDoubles(columns);
            state.kept.put(new SampledPair(SampledPair.hash(values), values), input.readDouble());
        }
        state.row = new double[columns];
        return state;
    }

    private static int readColumns(StateInput input) {
        int columns = input.readInt();
        input.check(columns >= 0 && columns <= MAXIMUM_COLUMNS, "bad number of columns", columns, MAXIMUM_COLUMNS);
        return columns;
    }
}
