package io.firesteel.engine.metric;

/** The state of a weighted mean: what must be known of many values to know their mean. */
public final class WeightedMean implements MetricState<WeightedMean> {
    private double sum;
    private double weight;
    private long rows;

    /** Adds a row whose value, times its weight, is {@code weighted}. */
    public void add(double weighted, double rowWeight) {
        add(weighted, rowWeight, 1);
    }

    /** Adds rows: the sum of their values, each times its weight, and the sum of their weights. */
    public void add(double weighted, double rowWeight, long rowCount) {
        sum += weighted;
        weight += rowWeight;
        rows += rowCount;
    }

    @Override
    public WeightedMean plus(WeightedMean other) {
        WeightedMean merged = new WeightedMean();
        merged.sum = sum + other.sum;
        merged.weight = weight + other.weight;
        merged.rows = Math.addExact(rows, other.rows);
        return merged;
    }

    @Override
    public long rows() {
        return rows;
    }

    /**
     * The mean.
     *
     * @param metric whose mean it is, for the message
     * @throws NotComputableException if all weights were 0
     */
    public double mean(String metric) {
        NotComputableException.checkWeight(metric, weight, rows);
        return sum / weight;
    }

    @Override
    public void write(StateOutput output) {
        output.writeDouble(sum);
        output.writeDouble(weight);
        output.writeLong(rows);
    }

    static WeightedMean read(StateInput input) {
        WeightedMean mean = new WeightedMean();
        mean.sum = input.readDouble();
        mean.weight = input.readDouble();
        mean.rows = input.readLong();
        return mean;
    }
}
