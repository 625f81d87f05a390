package io.firesteel.engine.metric;

/**
 * The state of metrics that are a function of sums over rows, as many as the first batch has columns. Without a row it has no
 * shape and merges with any. Takes 8 bytes for each sum, however many rows there are.
 */
public final class ColumnSums implements MetricState<ColumnSums> {
    private double[] sums = {};
    private double weight;
    private long rows;
    private long refused;

    /**
     * Takes the shape of a batch that has rows.
     *
     * @param metric that asks, for the message
     * @param count how many sums, &gt; 0
     * @throws IllegalArgumentException if earlier rows had another number
     */
    public void shape(String metric, int count) {
        if (sums.length == 0) {
            sums = new double[count];
        }
        checkShape(metric, count, sums.length);
    }

    /**
     * Refuses a number of columns that isn't that of earlier rows.
     *
     * @param metric that asks, for the message
     */
    public static void checkShape(String metric, int columns, int expected) {
        if (columns != expected) {
            throw new IllegalArgumentException("Cannot update " + metric + ": other number of columns than before ("
                    + columns + ", expected " + expected + ")");
        }
    }

    /** Counts a row; call it once for each. */
    public void count(double rowWeight) {
        weight += rowWeight;
        rows++;
    }

    /** Adds to one of the sums. */
    public void add(int index, double value) {
        sums[index] += value;
    }

    /** Counts a number that the metric isn't defined for, and that is in no sum. */
    public void refuse() {
        refused++;
    }

    /** How many sums; 0 before the first row. */
    public int size() {
        return sums.length;
    }

    public double sum(int index) {
        return sums[index];
    }

    @Override
    public long rows() {
        return rows;
    }

    /**
     * Each sum over the sum of weights.
     *
     * @param metric whose means they are, for the message
     * @throws NotComputableException if all weights were 0
     */
    public double[] means(String metric) {
        NotComputableException.checkWeight(metric, weight, rows);
        double[] means = new double[sums.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = sums[i] / weight;
        }
        return means;
    }

    /**
     * Checks that the metric is defined for all that it has seen.
     *
     * @param metric that is asked for
     * @param expected what it is defined for, as "targets other than 0"
     * @throws NotComputableException if there was anything else
     */
    public void checkNoneRefused(String metric, String expected) {
        if (refused > 0) {
            throw new NotComputableException("Cannot compute " + metric + ": not defined for some values (" + refused
                    + " in " + rows + " rows, expected " + expected + ")");
        }
    }

    @Override
    public ColumnSums plus(ColumnSums other) {
        ColumnSums merged = new ColumnSums();
        merged.sums = sums.length == 0 ? new double[other.sums.length] : sums.clone();
        if (other.sums.length > 0) {
            checkShape("a state", other.sums.length, merged.sums.length);
        }
        for (int i = 0; i < other.sums.length; i++) {
            merged.sums[i] += other.sums[i];
        }
        merged.weight = weight + other.weight;
        merged.rows = Math.addExact(rows, other.rows);
        merged.refused = Math.addExact(refused, other.refused);
        return merged;
    }

    @Override
    public void write(StateOutput output) {
        output.writeInt(sums.length);
        output.writeDoubles(sums);
        output.writeDouble(weight);
        output.writeLong(rows);
        output.writeLong(refused);
    }

    /** What {@link #write} has written. */
    public static ColumnSums read(StateInput input) {
        ColumnSums state = new ColumnSums();
        state.sums = input.readDoubles(input.readCount(Double.BYTES));
        state.weight = input.readDouble();
        state.rows = input.readLong();
        state.refused = input.readLong();
        return state;
    }
}
