package io.firesteel.engine.metric.image;

import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;

/** The moments of what was made and of what is real. Has no columns before the first row. */
final class FeatureMoments implements MetricState<FeatureMoments> {
    private long rows;
    private Moments made = new Moments(0);
    private Moments real = new Moments(0);

    void add(double[] madeRow, double[] realRow, double weight) {
        if (rows == 0) {
            made = new Moments(madeRow.length);
            real = new Moments(realRow.length);
        }
        checkColumns(madeRow.length);
        made.add(madeRow, weight);
        real.add(realRow, weight);
        rows++;
    }

    private void checkColumns(int columns) {
        if (columns != made.columns()) {
            throw new IllegalArgumentException("Cannot compare features: their number changes (" + columns
                    + ", expected " + made.columns() + " as before)");
        }
    }

    Moments made() {
        return made;
    }

    Moments real() {
        return real;
    }

    @Override
    public FeatureMoments plus(FeatureMoments other) {
        if (rows > 0 && other.rows > 0) {
            checkColumns(other.made.columns());
        }
        FeatureMoments merged = new FeatureMoments();
        merged.rows = Math.addExact(rows, other.rows);
        FeatureMoments first = rows > 0 ? this : other;
        FeatureMoments second = rows > 0 && other.rows > 0 ? other : null;
        merged.made = second == null ? first.made.plus(new Moments(first.made.columns())) : made.plus(second.made);
        merged.real = second == null ? first.real.plus(new Moments(first.real.columns())) : real.plus(second.real);
        return merged;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void write(StateOutput output) {
        output.writeLong(rows);
        output.writeInt(made.columns());
        made.write(output);
        real.write(output);
    }

    static FeatureMoments read(StateInput input) {
        FeatureMoments state = new FeatureMoments();
        state.rows = input.readLong();
        int columns = input.readCount(Double.BYTES);
        input.check(
                columns <= FrechetDistance.MAX_COLUMNS,
                "too many columns",
                columns,
                "0 to " + FrechetDistance.MAX_COLUMNS);
        state.made = Moments.read(columns, input);
        state.real = Moments.read(columns, input);
        return state;
    }
}
