package io.firesteel.spark.check;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Numbers of a column, or all elements of its arrays together. */
final class NumberState implements ColumnState {
    private static final int PARTS = 100;

    private final Form form;
    private final ExactSum sum;
    private final ExactSum squares;
    private final NumberBins bins;
    private long finite;
    private long nulls;
    private long nans;
    private long infinities;
    private double least = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;

    /** How numbers arrive. */
    enum Form {
        DOUBLE,
        DOUBLES,
        BYTES
    }

    NumberState(Form form, int bins) {
        this(form, new ExactSum(), new ExactSum(), new NumberBins(bins));
    }

    private NumberState(Form form, ExactSum sum, ExactSum squares, NumberBins bins) {
        this.form = form;
        this.sum = sum;
        this.squares = squares;
        this.bins = bins;
    }

    @Override
    public void add(InternalRow row, int at) {
        if (row.isNullAt(at)) {
            nulls++;
            return;
        }
        switch (form) {
            case DOUBLE -> add(row.getDouble(at));
            case DOUBLES -> add(row.getArray(at));
            case BYTES -> {
                for (byte value : row.getBinary(at)) {
                    add(Byte.toUnsignedInt(value));
                }
            }
        }
    }

    private void add(ArrayData values) {
        for (int i = 0; i < values.numElements(); i++) {
            if (values.isNullAt(i)) {
                nulls++;
            } else {
                add(values.getDouble(i));
            }
        }
    }

    private void add(double value) {
        if (!Double.isFinite(value)) {
            nans += Double.isNaN(value) ? 1 : 0;
            infinities += Double.isNaN(value) ? 0 : 1;
            return;
        }
        finite++;
        sum.add(value);
        if (Double.isFinite(value * value)) {
            squares.addSquare(value);
        }
        bins.add(value);
        least = Math.min(least, value);
        largest = Math.max(largest, value);
    }

    @Override
    public void add(ColumnState other) {
        NumberState numbers = (NumberState) other;
        finite += numbers.finite;
        nulls += numbers.nulls;
        nans += numbers.nans;
        infinities += numbers.infinities;
        least = Math.min(least, numbers.least);
        largest = Math.max(largest, numbers.largest);
        sum.add(numbers.sum);
        squares.add(numbers.squares);
        bins.add(numbers.bins);
    }

    long nulls() {
        return nulls;
    }

    long values() {
        return finite + nans + infinities;
    }

    NumberSummary summary() {
        if (finite == 0) {
            return new NumberSummary(
                    nans, infinities, Double.NaN, Double.NaN, Double.NaN, Double.NaN, new Histogram(List.of()));
        }
        double minimum = least + 0.0;
        double maximum = largest + 0.0;
        Histogram histogram = new Histogram(bins.bins(minimum, maximum)).inParts(PARTS);
        return new NumberSummary(nans, infinities, minimum, maximum, mean(), deviation(), histogram);
    }

    private double mean() {
        BigInteger unit = BigInteger.ONE.shiftLeft(ExactSum.FRACTION_BITS);
        return ratio(sum.units(), unit.multiply(BigInteger.valueOf(finite)));
    }

    /** From exact sums, so nothing cancels: n Σx² − (Σx)², over n². */
    private double deviation() {
        if (!Double.isFinite(least * least) || !Double.isFinite(largest * largest)) {
            return Double.NaN;
        }
        BigInteger n = BigInteger.valueOf(finite);
        BigInteger total = sum.units();
        BigInteger spread =
                squares.units().multiply(n).shiftLeft(ExactSum.FRACTION_BITS).subtract(total.multiply(total));
        BigInteger units = n.multiply(n).shiftLeft(2 * ExactSum.FRACTION_BITS);
        return Math.sqrt(Math.max(0, ratio(spread, units)));
    }

    private static double ratio(BigInteger above, BigInteger below) {
        return new BigDecimal(above)
                .divide(new BigDecimal(below), MathContext.DECIMAL128)
                .doubleValue();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(finite);
        out.writeLong(nulls);
        out.writeLong(nans);
        out.writeLong(infinities);
        out.writeDouble(least);
        out.writeDouble(largest);
        sum.write(out);
        squares.write(out);
        bins.write(out);
    }

    static NumberState read(Form form, int bins, DataInput in) throws IOException {
        long finite = in.readLong();
        long nulls = in.readLong();
        long nans = in.readLong();
        long infinities = in.readLong();
        double least = in.readDouble();
        double largest = in.readDouble();
        NumberState state = new NumberState(form, ExactSum.read(in), ExactSum.read(in), NumberBins.read(bins, in));
        state.finite = finite;
        state.nulls = nulls;
        state.nans = nans;
        state.infinities = infinities;
        state.least = least;
        state.largest = largest;
        return state;
    }
}
