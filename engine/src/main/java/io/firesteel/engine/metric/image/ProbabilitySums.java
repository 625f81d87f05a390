package io.firesteel.engine.metric.image;

import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;

/** Sums over rows of classes' probabilities and of the rows' negative entropies. Has no classes before the first row. */
final class ProbabilitySums implements MetricState<ProbabilitySums> {
    private long rows;
    private double weight;
    private double certainty;
    private double[] sums = {};

    void add(double[] probabilities, double rowWeight) {
        if (rows == 0) {
            sums = new double[probabilities.length];
        }
        checkClasses(probabilities.length);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += rowWeight * probabilities[i];
        }
        certainty += rowWeight * certainty(probabilities, 1);
        weight += rowWeight;
        rows++;
    }

    private void checkClasses(int classes) {
        if (classes != sums.length) {
            throw new IllegalArgumentException("Cannot sum probabilities: the number of classes changes (" + classes
                    + ", expected " + sums.length + " as before)");
        }
    }

    /** The sum of {@code p * log(p)}, where p is each of the values over a total. */
    private static double certainty(double[] values, double total) {
        double sum = 0;
        for (double value : values) {
            double share = value / total;
            sum += share > 0 ? share * Math.log(share) : 0;
        }
        return sum;
    }

    /** The mean, over rows, of how far a row's probabilities are from those of all rows, in nats. */
    double divergence() {
        return certainty / weight - certainty(sums, weight);
    }

    double weight() {
        return weight;
    }

    @Override
    public ProbabilitySums plus(ProbabilitySums other) {
        if (rows > 0 && other.rows > 0) {
            checkClasses(other.sums.length);
        }
        ProbabilitySums merged = new ProbabilitySums();
        merged.rows = Math.addExact(rows, other.rows);
        merged.weight = weight + other.weight;
        merged.certainty = certainty + other.certainty;
        merged.sums = rows > 0 ? sums.clone() : other.sums.clone();
        for (int i = 0; i < other.sums.length && rows > 0; i++) {
            merged.sums[i] += other.sums[i];
        }
        return merged;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void write(StateOutput output) {
        output.writeLong(rows);
        output.writeDouble(weight);
        output.writeDouble(certainty);
        output.writeInt(sums.length);
        output.writeDoubles(sums);
    }

    static ProbabilitySums read(StateInput input) {
        ProbabilitySums state = new ProbabilitySums();
        state.rows = input.readLong();
        state.weight = input.readDouble();
        state.certainty = input.readDouble();
        state.sums = input.readDoubles(input.readCount(Double.BYTES));
        return state;
    }
}
