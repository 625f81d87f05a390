package io.firesteel.spark.evaluate.sorted;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What a partition of pairs (x, y, weight) in order of x, then of y, says by itself: its ties, and the weight of pairs of rows of one chunk
 * that x and y order differently. Chunks are rows that follow each other, so many at a time.
 */
final class ChunkedPairs implements Serializable {
    private static final long serialVersionUID = 1;

    private final PreciseSum weight = new PreciseSum();
    private final Ties inX = new Ties();
    private final Ties inBoth = new Ties();
    private PreciseSum inverted;
    private int chunks;
    private long missing;

    private ChunkedPairs() {}

    static Iterator<ChunkedPairs> of(Iterator<InternalRow> rows, int chunkRows) {
        ChunkedPairs part = new ChunkedPairs();
        part.walk(rows, new Inversions(chunkRows));
        return List.of(part).iterator();
    }

    private void walk(Iterator<InternalRow> rows, Inversions inversions) {
        double x = Double.NaN;
        double y = Double.NaN;
        long count = 0;
        for (; rows.hasNext(); count++) {
            InternalRow row = rows.next();
            if (inversions.isFull()) {
                inversions.count();
                chunks++;
            }
            boolean sameX = row.getDouble(0) == x;
            endTies(sameX, sameX && row.getDouble(1) == y);
            x = row.getDouble(0);
            y = row.getDouble(1);
            add(x, y, row.getDouble(2), inversions);
        }
        endTies(false, false);
        inversions.count();
        chunks += count == 0 ? 0 : 1;
        inverted = inversions.weight();
    }

    private void endTies(boolean sameX, boolean sameBoth) {
        if (!sameX) {
            inX.end();
        }
        if (!sameBoth) {
            inBoth.end();
        }
    }

    private void add(double x, double y, double rowWeight, Inversions inversions) {
        missing += Double.isNaN(x) || Double.isNaN(y) ? 1 : 0;
        weight.add(rowWeight);
        inX.add(rowWeight);
        inBoth.add(rowWeight);
        inversions.add(y, rowWeight);
    }

    PreciseSum weight() {
        return weight;
    }

    Ties inX() {
        return inX;
    }

    Ties inBoth() {
        return inBoth;
    }

    /** The weight of pairs of rows of one chunk that x and y order differently. */
    PreciseSum inverted() {
        return inverted;
    }

    int chunks() {
        return chunks;
    }

    /** Pairs with a NaN. */
    long missing() {
        return missing;
    }
}
