package io.firesteel.engine.metric;

/** The state of metrics that are a function of a fixed number of sums over rows. */
public final class Sums implements MetricState<Sums> {
    private final double[] values;
    private double weight;
    private long rows;

    /**
     * All sums 0.
     *
     * @param count how many sums, &gt;= 0
     */
    public Sums(int count) {
        values = new double[count];
    }

    /** Counts a row; call it once for each. */
    public void count(double rowWeight) {
        weight += rowWeight;
        rows++;
    }

    /** Adds to one of the sums. */
    public void add(int index, double value) {
        values[index] += value;
    }

    public double sum(int index) {
        return values[index];
    }

    /** The sum of the rows' weights. */
    public double weight() {
        return weight;
    }

    @Override
    public long rows() {
        return rows;
    }

    /**
     * One of the sums over the sum of weights.
     *
     * @param metric whose mean it is, for the message
     * @throws NotComputableException if all weights were 0
     */
    public double mean(int index, String metric) {
        NotComputableException.checkWeight(metric, weight, rows);
        return values[index] / weight;
    }

    @Override
    public Sums plus(Sums other) {
        Sums merged = new Sums(values.length);
        for (int i = 0; i < values.length; i++) {
            merged.values[i] = values[i] + other.values[i];
        }
        merged.weight = weight + other.weight;
        merged.rows = Math.addExact(rows, other.rows);
        return merged;
    }

    @Override
    public void write(StateOutput output) {
        output.writeDoubles(values);
        output.writeDouble(weight);
        output.writeLong(rows);
    }

    /** The sums that {@link #write} has written. */
    public static Sums read(int count, StateInput input) {
        Sums sums = new Sums(count);
        System.arraycopy(input.readDoubles(count), 0, sums.values, 0, count);
        sums.weight = input.readDouble();
        sums.rows = input.readLong();
        return sums;
    }
}
