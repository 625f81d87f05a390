package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.spark.ingest.InternalRows;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Numbers made of a partition's rows, as rows: one object that changes. Rows of weight 0 leave none, and -0 is 0, so that what is
 * equal has equal bits. Holds a batch.
 */
final class DerivedRows implements Iterator<InternalRow> {
    private static final int FIRST_SIZE = 1 << 14;

    private final Iterator<InternalRow> rows;
    private final RowBatches batches;
    private final RowReader reader;
    private final int columns;
    private final UnsafeRow row;
    private double[] numbers = new double[FIRST_SIZE];
    private int size;
    private int given;

    /** @param columns numbers of a row that comes out */
    DerivedRows(Iterator<InternalRow> rows, RowForm form, RowReader reader, int columns) {
        this.rows = rows;
        this.batches = new RowBatches(form);
        this.reader = reader;
        this.columns = columns;
        this.row = InternalRows.ofDoubles(columns);
    }

    @Override
    public boolean hasNext() {
        while (given == size) {
            if (!batches.handNext(rows, this::derive)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        for (int column = 0; column < columns; column++) {
            row.setDouble(column, numbers[given + column]);
        }
        given += columns;
        return row;
    }

    private void derive(MetricInput input) {
        size = 0;
        given = 0;
        for (int i = 0; i < input.rows(); i++) {
            if (input.weight(i) != 0) {
                reader.read(input, i, this::add);
            }
        }
    }

    private void add(double number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size] = number + 0.0;
        size++;
    }
}
