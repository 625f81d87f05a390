package io.firesteel.spark.evaluate.sorted;

import io.firesteel.spark.ingest.InternalRows;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Rows (x, y, weight) of a partition in order of y, made rows (x, weight, rank of y). The rank of equal values is known at their end only, so
 * they wait in a buffer; where more are equal than it holds, their weight must be known.
 */
final class RankedRows implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final double shift;
    private final Map<Double, Double> longRuns;
    private final double[] x;
    private final double[] weights;
    private final PreciseSum below = new PreciseSum();
    private final UnsafeRow ranked = InternalRows.ofDoubles(3);

    private boolean ahead;
    private double nextX;
    private double nextY;
    private double nextWeight;

    private double value = Double.NaN;
    private double rank;
    private int size;
    private int given;

    /**
     * @param shift what to add to ranks that are counted from the partition's start
     * @param longRuns the weight of each value of more than {@code buffered} rows
     */
    RankedRows(Iterator<InternalRow> rows, double shift, Map<Double, Double> longRuns, int buffered) {
        this.rows = rows;
        this.shift = shift;
        this.longRuns = longRuns;
        this.x = new double[buffered];
        this.weights = new double[buffered];
        step();
    }

    private void step() {
        ahead = rows.hasNext();
        if (ahead) {
            InternalRow row = rows.next();
            nextX = row.getDouble(0);
            nextY = row.getDouble(1);
            nextWeight = row.getDouble(2);
        }
    }

    @Override
    public boolean hasNext() {
        return given < size || ahead;
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (given == size) {
            fill();
        }
        ranked.setDouble(0, x[given]);
        ranked.setDouble(1, weights[given]);
        ranked.setDouble(2, rank);
        given++;
        return ranked;
    }

    /** Takes rows of one value: all, or as many as there is room for. */
    private void fill() {
        boolean goesOn = nextY == value;
        value = nextY;
        PreciseSum sum = new PreciseSum();
        size = 0;
        given = 0;
        while (ahead && nextY == value && size < x.length) {
            x[size] = nextX;
            weights[size] = nextWeight;
            sum.add(nextWeight);
            size++;
            step();
        }
        if (!goesOn) {
            boolean cut = ahead && nextY == value;
            double equal = cut ? longRuns.get(value) : sum.value();
            rank = below.value() + equal / 2 + shift;
            below.add(equal);
        }
    }
}
