package io.firesteel.engine.metric.distribution;

import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;

/**
 * The state of metrics that need the order of values: their distribution in each of C columns, exact up to a number of
 * values and a histogram of {@link BinScale} above. The form depends on nothing but the number of values of all merged rows, and
 * the histogram's bins on nothing but the data; so any split of the rows over ranks, merged in any order, ends in the same
 * form with the same bits, as long as sums of weights are exact (as counts are). A sketch that compacts at random couldn't say that.
 *
 * <p>Memory: exact 8 bytes a value (16 with weights that aren't 1), at most 16 MB for the usual million; as a histogram what
 * {@link ValueBins} says, usually 1 to 10 MB a column, whatever the number of rows. Columns and lanes are learnt from the first batch; a
 * state without rows merges with any.
 */
public final class Distributions implements MetricState<Distributions> {
    private final long exactValues;
    private int lanes;
    private Distribution[] columns = {};
    private boolean binned;
    private long rows;
    private long missing;

    /**
     * No values yet.
     *
     * @param exactValues rows times columns up to which all values are kept, &gt;= 0
     */
    public Distributions(long exactValues) {
        this.exactValues = exactValues;
    }

    /**
     * Sets the shape at the first call.
     *
     * @throws IllegalArgumentException if earlier batches had another shape
     */
    public void shape(int newColumns, int newLanes) {
        if (columns.length == 0) {
            lanes = newLanes;
            columns = new Distribution[newColumns];
            Arrays.setAll(columns, column -> new Distribution(newLanes));
            return;
        }
        if (columns.length != newColumns || lanes != newLanes) {
            throw new IllegalArgumentException(
                    "Cannot add rows to a distribution: columns and lanes differ from rows before (" + newColumns
                            + " and " + newLanes + ", expected " + columns.length + " and " + lanes + ")");
        }
    }

    /**
     * Adds a value. Those of weight 0 leave no trace; NaN, which has no place in any order, is counted.
     *
     * @param lane which of the distributions of its column, in [0, lanes)
     */
    public void add(int column, double value, int lane, double weight) {
        if (weight == 0) {
            return;
        }
        if (Double.isNaN(value)) {
            missing++;
            return;
        }
        columns[column].add(value, lane, weight);
    }

    /**
     * Adds the first {@code count} values as {@link #add(int, double, int, double)} does, but faster.
     *
     * @param values overwritten, as are lanes and weights
     * @param laneOf the lane of each
     */
    public void add(int column, double[] values, int[] laneOf, double[] weights, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            boolean counts = weights[i] != 0;
            boolean number = !Double.isNaN(values[i]);
            missing += counts && !number ? 1 : 0;
            values[kept] = values[i] + 0.0;
            laneOf[kept] = laneOf[i];
            weights[kept] = weights[i];
            kept += counts && number ? 1 : 0;
        }
        columns[column].add(values, laneOf, weights, kept);
    }

    /** Counts rows whose values are added; call it at the end of each batch. */
    public void count(long newRows) {
        rows = Math.addExact(rows, newRows);
        settle();
    }

    private void settle() {
        if (!binned && rows * columns.length > exactValues) {
            binned = true;
            for (Distribution column : columns) {
                column.toBins();
            }
        }
    }

    @Override
    public Distributions plus(Distributions other) {
        Distributions merged = new Distributions(exactValues);
        if (columns.length > 0 && other.columns.length > 0) {
            shape(other.columns.length, other.lanes);
        }
        Distributions shaped = columns.length > 0 ? this : other;
        Distributions added = shaped == this && other.columns.length > 0 ? other : new Distributions(exactValues);
        merged.lanes = shaped.lanes;
        merged.columns = new Distribution[shaped.columns.length];
        Arrays.setAll(merged.columns, column -> shaped.columns[column].plus(added.column(column, shaped.lanes)));
        merged.binned = binned || other.binned;
        merged.rows = Math.addExact(rows, other.rows);
        merged.missing = Math.addExact(missing, other.missing);
        merged.settle();
        return merged;
    }

    private Distribution column(int column, int newLanes) {
        return columns.length == 0 ? new Distribution(newLanes) : columns[column];
    }

    /** C; 0 if there were no rows. */
    public int columns() {
        return columns.length;
    }

    /** Distributions of a column. */
    public int lanes() {
        return lanes;
    }

    public Distribution column(int column) {
        return columns[column];
    }

    /** Whether there were more values than are kept, so that bins stand for them. */
    public boolean isBinned() {
        return binned;
    }

    @Override
    public long rows() {
        return rows;
    }

    /**
     * Refuses values that have no order.
     *
     * @param metric for the message
     * @throws NotComputableException if there was a NaN
     */
    public void checkOrder(String metric) {
        if (missing > 0) {
            throw new NotComputableException(
                    "Cannot compute " + metric + ": values are not a number (" + missing + ", expected 0)");
        }
    }

    @Override
    public void write(StateOutput output) {
        output.writeLong(rows);
        output.writeLong(missing);
        output.writeInt(binned ? 1 : 0);
        output.writeInt(lanes);
        output.writeInt(columns.length);
        for (Distribution column : columns) {
            column.write(output);
        }
    }

    /** What {@link #write} has written. */
    public static Distributions read(long exactValues, StateInput input) {
        Distributions read = new Distributions(exactValues);
        read.rows = input.readLong();
        read.missing = input.readLong();
        int form = input.readInt();
        input.check(form == 0 || form == 1, "bad form", form, "0 or 1");
        read.binned = form == 1;
        read.lanes = input.readCount(1);
        read.columns = new Distribution[input.readCount(Integer.BYTES)];
        for (int column = 0; column < read.columns.length; column++) {
            read.columns[column] = Distribution.read(read.lanes, read.binned, input);
        }
        return read;
    }
}
