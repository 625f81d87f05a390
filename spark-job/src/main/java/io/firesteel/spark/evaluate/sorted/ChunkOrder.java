package io.firesteel.spark.evaluate.sorted;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What a partition of rows (y, weight, chunk) in order of y says: its ties, the weight of each chunk, and the weight of pairs of rows of which the one
 * with the larger y is in an earlier chunk. A Fenwick tree (Fenwick 1994) over chunks finds the weight that later chunks have among
 * lesser y.
 */
final class ChunkOrder implements Serializable {
    private static final long serialVersionUID = 1;

    private final Ties ties = new Ties();
    private final PreciseSum inverted = new PreciseSum();
    private final double[] ofChunk;

    private ChunkOrder(int chunks) {
        this.ofChunk = new double[chunks];
    }

    static Iterator<ChunkOrder> of(Iterator<InternalRow> rows, int chunks) {
        ChunkOrder order = new ChunkOrder(chunks);
        order.walk(rows, new Run(chunks));
        return List.of(order).iterator();
    }

    private void walk(Iterator<InternalRow> rows, Run run) {
        double y = Double.NaN;
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            if (row.getDouble(0) != y) {
                ties.end();
                run.end(inverted);
            }
            y = row.getDouble(0);
            int chunk = (int) row.getDouble(2);
            ties.add(row.getDouble(1));
            ofChunk[chunk] += row.getDouble(1);
            run.add(chunk, row.getDouble(1));
        }
        ties.end();
        run.end(inverted);
    }

    Ties ties() {
        return ties;
    }

    /** The weight of pairs of rows of several chunks that x and y order differently, whose y are in several partitions or in one. */
    static PreciseSum inverted(List<ChunkOrder> partitions, int chunks) {
        PreciseSum inverted = new PreciseSum();
        double[] lesser = new double[chunks];
        for (ChunkOrder part : partitions) {
            inverted.add(part.inverted);
            double later = 0;
            for (int chunk = chunks - 1; chunk >= 0; chunk--) {
                inverted.addProduct(part.ofChunk[chunk], later);
                later += lesser[chunk];
                lesser[chunk] += part.ofChunk[chunk];
            }
        }
        return inverted;
    }

    /** Rows of one y, which are no pairs with each other, and a tree of those before them. */
    private static final class Run {
        private final double[] tree;
        private final double[] waiting;
        private final int[] touched;
        private int count;
        private double below;

        Run(int chunks) {
            this.tree = new double[chunks + 1];
            this.waiting = new double[chunks];
            this.touched = new int[chunks];
        }

        void add(int chunk, double weight) {
            if (waiting[chunk] == 0) {
                touched[count++] = chunk;
            }
            waiting[chunk] += weight;
        }

        void end(PreciseSum inverted) {
            for (int i = 0; i < count; i++) {
                inverted.addProduct(waiting[touched[i]], below - upTo(touched[i]));
            }
            for (int i = 0; i < count; i++) {
                insert(touched[i], waiting[touched[i]]);
                waiting[touched[i]] = 0;
            }
            count = 0;
        }

        private void insert(int chunk, double weight) {
            below += weight;
            for (int node = chunk + 1; node < tree.length; node += node & -node) {
                tree[node] += weight;
            }
        }

        /** The weight of a chunk and those before it. */
        private double upTo(int chunk) {
            double sum = 0;
            for (int node = chunk + 1; node > 0; node -= node & -node) {
                sum += tree[node];
            }
            return sum;
        }
    }
}
